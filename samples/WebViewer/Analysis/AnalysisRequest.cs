namespace CxrNet.WebViewer.Analysis;

/// <summary>What is to be done with a file.</summary>
/// <param name="Backend">The engine; the first one where null.</param>
/// <param name="Method">The explanation method; the engine's first one, the network's own map, where null.</param>
/// <param name="Target">The finding that is explained; the most probable one where null.</param>
/// <param name="Layers">Whether lungs and map are wanted beside the scores.</param>
internal sealed record AnalysisRequest(string? Backend, string? Method, string? Target, bool Layers);
