namespace CxrNet.Models;

/// <summary>The models that this package carries.</summary>
public static class BundledModels
{
    /// <summary>CxrNet-S: normal, bacterial pneumonia, viral pneumonia, COVID-19, with the network's own map.</summary>
    public static BundledModel CxrNetS { get; } = new("cxrnet-s");

    /// <summary>The lung segmenter: a light U-Net, 0.93 M parameters.</summary>
    public static BundledModel Lungs { get; } = new("lungs");

    /// <summary>The models whose weights are in this build.</summary>
    public static IReadOnlyList<BundledModel> Available => [.. new[] { CxrNetS, Lungs }.Where(static m => m.IsAvailable)];
}
