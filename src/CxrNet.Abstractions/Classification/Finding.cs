namespace CxrNet;

/// <summary>One finding of a prediction.</summary>
/// <param name="Name">As the card names it, for example <c>covid19</c>.</param>
/// <param name="Probability">0 … 1; over all findings of a softmax model the probabilities sum to 1.</param>
/// <param name="Threshold">The operating point: from this probability on the finding counts as positive.</param>
public readonly record struct Finding(string Name, float Probability, float Threshold)
{
    /// <summary>Whether the probability reaches the operating point.</summary>
    public bool IsPositive => Probability >= Threshold;
}
