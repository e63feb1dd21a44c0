namespace CxrNet.Evaluation;

/// <summary>The score while pixels are taken away, or put back, in the order of a map.</summary>
/// <param name="Scores">Before the first step, and after each.</param>
/// <param name="PixelsPerStep">How many pixels a step changes; the last step may be shorter.</param>
public sealed record CausalCurve(IReadOnlyList<double> Scores, int PixelsPerStep)
{
    /// <summary>The trapezoid rule over equal steps, divided by their number. Deletion: the lower the better; insertion: the higher the better.</summary>
    public double Area => Scores.Count < 2 ? double.NaN : (Scores.Sum() - ((Scores[0] + Scores[^1]) / 2)) / (Scores.Count - 1);
}
