namespace CxrNet.Evaluation;

/// <summary>How alike one method's map of one image still is to that of the trained network.</summary>
/// <param name="Method">The method.</param>
/// <param name="Stage">What the network has lost, in the order of the stages.</param>
/// <param name="Subject">The image.</param>
/// <param name="Likeness">The two maps side by side.</param>
public sealed record RandomizationRow(string Method, string Stage, MapSubject Subject, MapComparison Likeness);
