using System.ComponentModel;

namespace CxrNet.WebViewer.Api;

/// <summary>The form of /api/analyze, for the description of the API; <see cref="Upload"/> reads it.</summary>
internal record AnalysisForm : ImageForm
{
    [Description("The engine, as /api/info lists them; the first one by default.")]
    public string? Backend { get; init; }

    [Description("The explanation method, as /api/info lists them; the network's own map by default.")]
    public string? Method { get; init; }

    [Description("The finding that is explained; the most probable one by default.")]
    public string? Target { get; init; }

    [Description("Whether lungs and map are wanted beside the scores; true by default.")]
    public bool? Layers { get; init; }
}
