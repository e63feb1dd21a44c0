namespace CxrNet;

/// <summary>What a pipeline may spend on a file and whom its parts belong to.</summary>
public sealed record CxrPipelineOptions
{
    /// <summary>The default limits; the pipeline owns its parts.</summary>
    public static CxrPipelineOptions Default { get; } = new();

    /// <summary>What may be spent on one file, and on one of a stream where <see cref="Streaming"/> sets no limits of its own; <see cref="DecodeLimits.Default"/> by default.</summary>
    public DecodeLimits Limits { get; init; } = DecodeLimits.Default;

    /// <summary>Whether a report withholds findings and map of an image that is hardly a frontal chest radiograph (<see cref="CxrPrediction.IsUnlike"/>), in place of warning alone; false by default. A model without a guard in its card cannot tell: each report then says so.</summary>
    public bool AbstainWhenUnlike { get; init; }

    /// <summary>Whether the parts stay open when the pipeline is disposed of, as parts that a container owns must; false by default.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>The greatest share of a map's evidence outside the lungs that is no reason to warn, 0 … 1; null never warns. 0.5 by default. It needs a segmenter and a map. See <see cref="ShortcutAlarm"/>.</summary>
    public double? ShortcutLimit { get; init; } = 0.5;

    /// <summary>What <see cref="CxrPipeline.AnalyzeAsync(IAsyncEnumerable{RadiographSource}, ExplanationTarget, StreamingOptions?, CancellationToken)"/> may hold at once where it is not told; <see cref="StreamingOptions.Default"/> by default.</summary>
    public StreamingOptions Streaming { get; init; } = StreamingOptions.Default;
}
