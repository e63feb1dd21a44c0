namespace CxrNet.Evaluation;

/// <summary>The correlation of truth and prediction over all classes: J. Gorodkin, Comput. Biol. Chem. 28 (2004) 367 (R_K).</summary>
public static class MatthewsCorrelation
{
    /// <summary><c>(c s - sum p_k t_k) / sqrt((s² - sum p_k²)(s² - sum t_k²))</c>: s cases, c of them right, t_k of and p_k called class k.</summary>
    /// <param name="matrix">The counts.</param>
    /// <returns>-1 … 1; 0 where truth or prediction knows one class only.</returns>
    public static double Of(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        double total = matrix.Total;
        double both = 0;
        double predicted = 0;
        double support = 0;
        for (int k = 0; k < matrix.Names.Count; k++)
        {
            both += (double)matrix.Predicted(k) * matrix.Support(k);
            predicted += (double)matrix.Predicted(k) * matrix.Predicted(k);
            support += (double)matrix.Support(k) * matrix.Support(k);
        }

        double spread = Math.Sqrt(((total * total) - predicted) * ((total * total) - support));
        return Ratio.OrZero((matrix.Correct * total) - both, spread);
    }
}
