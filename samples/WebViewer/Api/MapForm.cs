using System.ComponentModel;

namespace CxrNet.WebViewer.Api;

/// <summary>The form of /api/map, for the description of the API; <see cref="Upload"/> reads it.</summary>
internal sealed record MapForm : AnalysisForm
{
    [Description("For a picture: the name of a colour map, as /api/info lists them; inferno by default, blue-red for a signed map.")]
    public string? Colors { get; init; }
}
