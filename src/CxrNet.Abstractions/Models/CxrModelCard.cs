namespace CxrNet;

/// <summary>What a model says of itself. It travels inside the model file; a loader refuses to guess what is missing.</summary>
public sealed record CxrModelCard
{
    /// <summary>The schema of this record.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>A short name with a version, for example <c>cxrnet-s-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the model is, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>What the model does.</summary>
    public CxrModelTask Task { get; init; }

    /// <summary>The outputs of a classifier in the order of its logits; an untrained one has an empty name. Empty for a segmenter.</summary>
    public IReadOnlyList<CardFinding> Findings { get; init; } = [];

    /// <summary>How logits become probabilities.</summary>
    public FindingActivation Activation { get; init; }

    /// <summary>Logits are divided by it before softmax or sigmoid; 1 where the model is not calibrated.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>When the model should say that it does not know; null where that was not calibrated.</summary>
    public CardAbstain? Abstain { get; init; }

    /// <summary>How images that are no frontal chest radiographs are told; null where there is no guard.</summary>
    public CardGuard? Guard { get; init; }

    /// <summary>What the network expects to be fed.</summary>
    public required CardInput Input { get; init; }

    /// <summary>The names of the model file's outputs.</summary>
    public CardOutputs Outputs { get; init; } = new();

    /// <summary>Whom and what the model is for, and what it must not be used for, in plain words.</summary>
    public string IntendedUse { get; init; } = "";

    /// <summary>Known weaknesses, in plain words.</summary>
    public IReadOnlyList<string> Limitations { get; init; } = [];

    /// <summary>Age in years below which the model was not made to be used, or null.</summary>
    public double? MinAgeYears { get; init; }

    /// <summary>Age in years above which the model was not made to be used, or null.</summary>
    public double? MaxAgeYears { get; init; }

    /// <summary>The data that the weights were trained on, with the attribution that its licences ask for.</summary>
    public IReadOnlyList<CardDataSource> TrainingData { get; init; } = [];

    /// <summary>Measured figures, for example <c>test.accuracy</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The licence of the weights (SPDX where there is an identifier).</summary>
    public string License { get; init; } = "";

    /// <summary>SHA-256 of the weights in hexadecimal; see the writer for what is hashed. Empty where it is not known.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>Fields that were read into a draft by guessing and that nobody has confirmed, as paths like <c>input.normalization</c>; empty (the default) once all are. While there are any, each prediction warns of them.</summary>
    public IReadOnlyList<string> Guesses { get; init; } = [];

    /// <summary>How the network is built, for a backend that builds it in code; null for a third-party file.</summary>
    public CardNetwork? Network { get; init; }
}
