namespace CxrNet.WebViewer.Analysis;

/// <summary>A report, the engine that gave it, and how long all of it took.</summary>
internal sealed record AnalysisReport(CxrReport Report, string Backend, TimeSpan Elapsed);
