namespace CxrNet;

/// <summary>Which number of the explained finding a perturbation method watches.</summary>
public enum ExplainedScore
{
    /// <summary>The logit, before temperature: it answers to this finding alone, and does not saturate.</summary>
    Logit,

    /// <summary>The calibrated probability, which also answers to the other findings of a softmax model.</summary>
    Probability,
}
