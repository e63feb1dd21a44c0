using CxrNet.Torch.Training;

namespace CxrNet.Cli;

/// <summary>What the user asked of train.</summary>
internal sealed record TrainRequest
{
    public required IReadOnlyList<string> Manifests { get; init; }

    /// <summary>Whether a lung segmenter is trained, not a classifier.</summary>
    public required bool Lungs { get; init; }

    public required string Folder { get; init; }

    public required string TrainSplit { get; init; }

    public required string ValidationSplit { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required TrainingOptions Options { get; init; }

    /// <summary>A lung segmenter's model file, or null.</summary>
    public string? Segmenter { get; init; }

    public IReadOnlyList<string> WithoutSources { get; init; } = [];

    public IReadOnlyList<string> Teach { get; init; } = [];

    public bool ShuffleLabels { get; init; }
}
