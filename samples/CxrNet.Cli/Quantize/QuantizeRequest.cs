using CxrNet.Onnx.Quantization;

namespace CxrNet.Cli;

/// <summary>What quantize was asked for.</summary>
/// <param name="Model">The fp32 model, and how both are run.</param>
/// <param name="File">The file to write.</param>
internal sealed record QuantizeRequest(ModelChoice Model, string File)
{
    /// <summary>A folder of images, or null for a manifest.</summary>
    public string? Folder { get; init; }

    /// <summary>A manifest, or null for a folder.</summary>
    public string? Manifest { get; init; }

    public string Split { get; init; } = "";

    public string HeldOutSplit { get; init; } = "";

    public int Limit { get; init; }

    public int Seed { get; init; }

    public QuantizationOptions Options { get; init; } = QuantizationOptions.Default;

    public bool Json { get; init; }
}
