namespace CxrNet.Evaluation;

/// <summary>Agreement beyond chance: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37; weighted: Psychol. Bull. 70 (1968) 213.</summary>
public static class CohenKappa
{
    /// <summary><c>1 - sum(w O) / sum(w E)</c> with w = 1 off the diagonal; E is what the margins alone would give.</summary>
    /// <param name="matrix">The counts.</param>
    /// <returns>-1 … 1; 0 where chance alone already agrees fully (one class only) or there is no case.</returns>
    public static double Of(ConfusionMatrix matrix) => Weighted(matrix, static (t, p) => t == p ? 0 : 1);

    /// <summary>The same with w = (t - p)², for classes that have an order.</summary>
    /// <param name="matrix">The counts.</param>
    public static double Quadratic(ConfusionMatrix matrix) => Weighted(matrix, static (t, p) => (double)(t - p) * (t - p));

    private static double Weighted(ConfusionMatrix matrix, Func<int, int, double> weight)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        double observed = 0;
        double expected = 0;
        for (int t = 0; t < matrix.Names.Count; t++)
        {
            for (int p = 0; p < matrix.Names.Count; p++)
            {
                observed += weight(t, p) * matrix[t, p];
                expected += weight(t, p) * matrix.Support(t) * matrix.Predicted(p) / Math.Max(1, matrix.Total);
            }
        }

        return expected == 0 ? 0 : 1 - (observed / expected);
    }
}
