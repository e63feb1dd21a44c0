namespace CxrNet.Evaluation;

/// <summary>What was measured of one map.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Subject">The image.</param>
/// <param name="Values">The figures by the names of <see cref="MapJudge.Metrics"/> and <see cref="EvalX.Metrics"/>; one that is not defined for the image is left out.</param>
/// <param name="Insertion">The insertion curve; null where it was not drawn.</param>
/// <param name="Deletion">The deletion curve; null where it was not drawn.</param>
public sealed record MapFigures(string Method, MapSubject Subject, IReadOnlyDictionary<string, double> Values, CausalCurve? Insertion = null, CausalCurve? Deletion = null);
