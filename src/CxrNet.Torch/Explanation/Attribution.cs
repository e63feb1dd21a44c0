namespace CxrNet.Torch;

/// <summary>A map whose values should sum to a known difference, and by how much they do not.</summary>
/// <param name="Map">The map.</param>
/// <param name="Delta">Integrated Gradients and DeepLIFT: sum of the map - (f(x) - f(baseline)). LRP: f(x) - sum of the map.</param>
public readonly record struct Attribution(Heatmap Map, float Delta);
