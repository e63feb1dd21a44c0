using System.Text.Json.Serialization;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>What is known of one image of a comparison; a file in the folder, so that a comparison which was stopped goes on.</summary>
internal sealed record ComparedImage(string Image, string Label, string Finding, string Patient)
{
    /// <summary>By method.</summary>
    public Dictionary<string, ComparedMap> Maps { get; init; } = [];

    /// <summary>By method, why there is no map; tried again by the next run.</summary>
    public Dictionary<string, ComparedFailure> Failures { get; set; } = [];

    /// <summary>What its figures do not stand on, though it was asked for: the next run says it too.</summary>
    public List<string> Warnings { get; set; } = [];

    [JsonIgnore]
    public MapSubject Subject => new(Image, Label, Finding, Patient);
}
