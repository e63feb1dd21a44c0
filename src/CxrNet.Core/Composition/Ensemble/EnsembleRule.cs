namespace CxrNet;

/// <summary>How the answers of an ensemble's members become one.</summary>
public enum EnsembleRule
{
    /// <summary>The mean of the members' calibrated probabilities.</summary>
    Mean,

    /// <summary>Each member's decision counts once: the probability of a finding is the share of the members that call it, by the highest probability where findings exclude each other, else by their own thresholds. The mean probability tells equal shares apart.</summary>
    Vote,
}
