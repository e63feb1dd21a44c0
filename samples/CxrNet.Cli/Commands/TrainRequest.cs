namespace CxrNet.Cli.Commands;

/// <summary>What the user asked of train; null where the library's default holds.</summary>
internal sealed record TrainRequest
{
    public required IReadOnlyList<string> Manifests { get; init; }

    public required bool Lungs { get; init; }

    public required string Folder { get; init; }

    public required string TrainSplit { get; init; }

    public required string ValidationSplit { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required string Preset { get; init; }

    public required string Network { get; init; }

    public string? Feed { get; init; }

    public int? Side { get; init; }

    public int? Epochs { get; init; }

    public int? MapEpochs { get; init; }

    public int? SettleEpochs { get; init; }

    public double? WholeShare { get; init; }

    public double? LungShare { get; init; }

    public double? SingleSourceWeight { get; init; }

    public int? StartSide { get; init; }

    public int? StartEpochs { get; init; }

    public int? MapStartEpochs { get; init; }

    public double? OutsideLungWeight { get; init; }

    public double? AreaWeight { get; init; }

    public string? Segmenter { get; init; }

    public LungHandling LungHandling { get; init; }

    public IReadOnlyList<string> WithoutSources { get; init; } = [];

    public IReadOnlyList<string> Teach { get; init; } = [];

    public bool ShuffleLabels { get; init; }

    public double? LearningRate { get; init; }

    public string? InitialWeights { get; init; }

    public IReadOnlyList<string> Teachers { get; init; } = [];

    public double? TeacherWeight { get; init; }

    public double? InsertionWeight { get; init; }

    public double? InsertionShare { get; init; }

    public double? VariationWeight { get; init; }

    public double? ComplementWeight { get; init; }

    public int? Patience { get; init; }

    public double? SettleMapShare { get; init; }

    public int? Phantoms { get; init; }

    public double? GroupBalance { get; init; }

    public IReadOnlyList<string> SourceNotes { get; init; } = [];

    public double? Blur { get; init; }

    public double? Tone { get; init; }

    public double? Noise { get; init; }

    public double? Aspect { get; init; }

    public double? AspectExchange { get; init; }

    public double? TransplantShare { get; init; }

    public double? DetailShare { get; init; }

    public double? StyleShare { get; init; }

    public double? MixupShare { get; init; }

    public double? RevealShare { get; init; }

    public double? SettleRevealShare { get; init; }

    public bool HalfPrecision { get; init; }

    public int? Batch { get; init; }

    public int? Seed { get; init; }

    public int? Threads { get; init; }
}
