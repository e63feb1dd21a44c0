namespace CxrNet.Conformance;

/// <summary>The cards of the models that the suites run: small enough that a backend makes one in milliseconds.</summary>
public static class ConformanceCards
{
    /// <summary>Four classes, softmax, with a map of the network's own.</summary>
    public static CxrModelCard Classifier { get; } = new()
    {
        Id = "conformance-classifier-1",
        Findings =
        [
            new CardFinding("normal"),
            new CardFinding("bacterial_pneumonia", 0.25f),
            new CardFinding("viral_pneumonia", 0.3f),
            new CardFinding("covid19", 0.2f),
        ],
        Temperature = 1.5f,
        Input = new CardInput { Height = 32, Width = 32, Normalization = InputNormalization.PerImage },
        Outputs = new CardOutputs { Map = "map" },
        Network = new CardNetwork { Family = "cxrnet", Feed = "product", MapWidths = [16, 32], EncoderWidths = [16, 32] },
    };

    /// <summary>Lungs.</summary>
    public static CxrModelCard LungSegmenter { get; } = new()
    {
        Id = "conformance-lungs-1",
        Task = CxrModelTask.LungSegmentation,
        Input = new CardInput { Height = 32, Width = 32 },
        Outputs = new CardOutputs { Logits = null, Map = "map" },
        Network = new CardNetwork { Family = "unet", MapWidths = [16, 32] },
    };
}
