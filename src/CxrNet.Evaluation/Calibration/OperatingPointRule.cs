namespace CxrNet.Evaluation;

/// <summary>How an operating point is chosen.</summary>
public enum OperatingPointRule
{
    /// <summary>The largest sum of sensitivity and specificity.</summary>
    Youden,

    /// <summary>The highest threshold that finds the share of positives that is asked for.</summary>
    Sensitivity,
}
