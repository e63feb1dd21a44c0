namespace CxrNet.Evaluation;

/// <summary>One label of a multi-label classifier.</summary>
public sealed record MultiLabelFigures
{
    /// <summary>The label.</summary>
    public required string Name { get; init; }

    /// <summary>How many rows carry it.</summary>
    public required int Support { get; init; }

    /// <summary>Area below the ROC curve; NaN without a positive or a negative.</summary>
    public required double RocArea { get; init; }

    /// <summary>The area with its 95 % interval (or that of the confidence asked for): from a bootstrap over patients where some have several cases, DeLong's on the logit otherwise. The ends are NaN where there is none.</summary>
    public required Interval RocInterval { get; init; }

    /// <summary>Average precision; NaN without a positive.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>Mean squared error of the probability.</summary>
    public required double Brier { get; init; }

    /// <summary>Score against label, 15 bins.</summary>
    public required ReliabilityCurve Reliability { get; init; }

    /// <summary>F1 at the threshold; 0 where nothing is and nothing was called positive.</summary>
    public required double F1 { get; init; }

    /// <summary>Sensitivity and specificity at the threshold.</summary>
    public required OperatingPoint Operating { get; init; }
}
