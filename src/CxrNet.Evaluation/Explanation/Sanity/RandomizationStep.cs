namespace CxrNet.Evaluation;

/// <summary>How alike the map still is to the trained network's, after a layer lost its weights.</summary>
/// <param name="Layer">The last layer that was randomised.</param>
/// <param name="Comparisons">One per image.</param>
public sealed record RandomizationStep(string Layer, IReadOnlyList<MapComparison> Comparisons);
