namespace CxrNet.Evaluation;

/// <summary>How the score changes when pixels are removed and filled.</summary>
/// <param name="Percentiles">As asked for.</param>
/// <param name="MostRelevantFirst">Score after minus before, without the most relevant pixels; the lower the better.</param>
/// <param name="LeastRelevantFirst">Score after minus before, without the least relevant pixels; the higher the better.</param>
public sealed record RoadResult(IReadOnlyList<double> Percentiles, IReadOnlyList<double> MostRelevantFirst, IReadOnlyList<double> LeastRelevantFirst)
{
    /// <summary>Half the difference of the means; the higher the better.</summary>
    public double Combined => (LeastRelevantFirst.Average() - MostRelevantFirst.Average()) / 2;
}
