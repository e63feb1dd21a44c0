namespace CxrNet;

/// <summary>How logits become probabilities.</summary>
public enum FindingActivation
{
    /// <summary>One of many: the probabilities sum to 1.</summary>
    Softmax,

    /// <summary>Each finding on its own.</summary>
    Sigmoid,
}
