namespace CxrNet.Evaluation;

/// <summary>The cases whose confidence lies in one bin.</summary>
/// <param name="Low">Lower edge, outside the bin (inside for the first).</param>
/// <param name="High">Upper edge, inside the bin.</param>
/// <param name="Count">How many cases.</param>
/// <param name="Accuracy">The share of them that was right; NaN without a case.</param>
/// <param name="MeanConfidence">Their mean confidence; NaN without a case.</param>
public readonly record struct ReliabilityBin(double Low, double High, int Count, double Accuracy, double MeanConfidence)
{
    /// <summary>|accuracy - confidence|; 0 without a case.</summary>
    public double Gap => Count == 0 ? 0 : Math.Abs(Accuracy - MeanConfidence);
}
