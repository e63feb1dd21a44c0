using System.Text.Json.Serialization;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>What is known of one image of a comparison; a file in the folder, so that a comparison which was stopped goes on.</summary>
internal sealed record ComparedImage(string Image, string Label, string Finding, string Patient)
{
    /// <summary>By method.</summary>
    public Dictionary<string, ComparedMap> Maps { get; init; } = [];

    [JsonIgnore]
    public MapSubject Subject => new(Image, Label, Finding, Patient);
}

/// <summary>One method on one image.</summary>
/// <param name="Seconds">All that making and judging the map took.</param>
/// <param name="Figures">As in <see cref="MapJudge.Metrics"/>.</param>
/// <param name="Insertion">The curve.</param>
/// <param name="Deletion">The curve.</param>
internal sealed record ComparedMap(double Seconds, IReadOnlyDictionary<string, double> Figures, CausalCurve? Insertion, CausalCurve? Deletion);
