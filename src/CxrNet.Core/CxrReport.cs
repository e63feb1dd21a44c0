using System.Globalization;
using System.Text;

namespace CxrNet;

/// <summary>All that a pipeline has to say of one radiograph. A research result, not a diagnosis.</summary>
/// <remarks>Immutable; owns its memory.</remarks>
public sealed record CxrReport
{
    /// <summary>The radiograph as it was read: the plane that <see cref="Map"/> and <see cref="Lungs"/> lie on.</summary>
    public required GrayImage Image { get; init; }

    /// <summary>The findings, the times and the warnings.</summary>
    public required CxrPrediction Prediction { get; init; }

    /// <summary>The explanation, one value per pixel of <see cref="Image"/>; null where neither the network nor the pipeline has a map, and where the findings were withheld (<see cref="CxrPrediction.IsWithheld"/>).</summary>
    public Heatmap? Map { get; init; }

    /// <summary>Where the lungs are, of the size of <see cref="Image"/>; null where the pipeline has no segmenter.</summary>
    public LungMask? Lungs { get; init; }

    /// <summary>What <see cref="Map"/> was enlarged from; null where that is not known. Around a part of an image <see cref="Map"/> has zeros, which hide the floor of the part.</summary>
    internal (Heatmap Raw, Heatmap Sized)? Origin { get; init; }

    /// <summary>The radiograph with the map's evidence over it (<see cref="Overlay.BlendEvidence"/>), at the image's own size.</summary>
    /// <param name="options">Opacity and scale; where null, the fixed scale for the network's own map and the percentile for that of any other method.</param>
    /// <param name="colors">The colours; where null, <see cref="ColorMaps.Inferno"/>, or <see cref="ColorMaps.BlueRed"/> for a signed map.</param>
    /// <exception cref="InvalidOperationException">There is no map.</exception>
    public RgbImage RenderOverlay(OverlayOptions? options = null, ColorMap? colors = null)
    {
        Heatmap map = Map ?? throw new InvalidOperationException(Prediction.IsWithheld
            ? $"There is no map to draw: the findings of '{Prediction.ModelId}' were withheld, and what is withheld is not explained."
            : $"There is no map to draw: '{Prediction.ModelId}' has none of its own, and the pipeline was given no explanation method.");

        // A copy of the report may have another map.
        Heatmap raw = Origin is { } origin && ReferenceEquals(origin.Sized, map) ? origin.Raw : map;
        return Overlay.BlendEvidence(Image, raw, colors, options);
    }

    /// <summary>For people: a line a finding with its probability, a line a warning, and whose result it is.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (Finding finding in Prediction.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Name,-20} {finding.Probability:F4}{(finding.IsPositive ? "  at or above its threshold" : "")}").Append('\n');
        }

        if (Prediction.IsWithheld)
        {
            text.Append("findings withheld\n");
        }

        foreach (string warning in Prediction.Warnings)
        {
            text.Append("warning: ").Append(warning).Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Prediction.ModelId}: a research result, not a diagnosis").ToString();
    }
}
