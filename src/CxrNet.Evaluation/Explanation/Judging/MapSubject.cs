namespace CxrNet.Evaluation;

/// <summary>Which image a map was judged on: what is left of a <see cref="MapCase"/> when its pixels have gone.</summary>
/// <param name="Name">What the report calls the image.</param>
/// <param name="Label">What the image is; empty where it is not known.</param>
/// <param name="Finding">The finding that was explained.</param>
/// <param name="Patient">The patient, for the intervals; empty where each image is its own.</param>
public sealed record MapSubject(string Name, string Label, string Finding, string Patient);
