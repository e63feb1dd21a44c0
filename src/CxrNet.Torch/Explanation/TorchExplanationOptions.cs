namespace CxrNet.Torch;

/// <summary>How the gradient and CAM methods work; each takes what concerns it. Immutable.</summary>
public sealed record TorchExplanationOptions
{
    /// <summary>The defaults.</summary>
    public static TorchExplanationOptions Default { get; } = new();

    /// <summary>CAMs: the target layers by name, a layer's or a part's (<c>encoder.levels.2</c>, its last planes); empty (the default) for the last feature planes. Several are averaged.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The number that is explained; null (the default) for the method's own: the probability for Recipro-CAM, the logit for all others. DeepLIFT and LRP know no other.</summary>
    public GradientScore? Score { get; init; }

    /// <summary>The input that it is explained by; the network's by default.</summary>
    public ExplainedPart Part { get; init; }

    /// <summary>CAMs: whether values below 0 stay (before the ReLU). Saliency: whether it is the gradient or its magnitude. Null (the default) for the method's own: the CAMs that the ONNX backend has too keep them, as they do there; those that are weighed by gradients, and saliency, drop them, as in their papers.</summary>
    public bool? Signed { get; init; }

    /// <summary>Integrated Gradients: points on the path; 50 by default.</summary>
    public int Steps { get; init; } = 50;

    /// <summary>Integrated Gradients: how they are placed and weighted; Gauss-Legendre by default.</summary>
    public IntegrationRule Integration { get; init; }

    /// <summary>Integrated Gradients and DeepLIFT: the value of every pixel of the baseline, in the network's normalised units; 0 by default, which is the image's mean where a network standardises each image.</summary>
    public float Baseline { get; init; }

    /// <summary>SmoothGrad and VarGrad: noisy copies; 25 by default.</summary>
    public int Samples { get; init; } = 25;

    /// <summary>SmoothGrad and VarGrad: the noise's standard deviation as a share of the input's range; 0.15 by default (the paper's 10 % to 20 %).</summary>
    public double NoiseLevel { get; init; } = 0.15;

    /// <summary>SmoothGrad and VarGrad: the seed of the noise, which is the same for every image and every channel; 0 by default.</summary>
    public int Seed { get; init; }

    /// <summary>SmoothGrad and VarGrad: noise to add in place of drawn noise, one input with all its channels after the other, in normalised units; empty by default.</summary>
    public ReadOnlyMemory<float> Noise { get; init; }

    /// <summary>DeepLIFT: shares the difference of a max-pooling between the greatest pixels of image and baseline, so that the map sums to the whole difference. False by default: the gradient at the image's greatest pixel, which is what captum 0.8 gives for a max-pooling behind a ReLU.</summary>
    public bool SharesMaxPools { get; init; }

    /// <summary>LRP: epsilon of convolutions, linear layers and batch normalisation; above 0 as a float, 1e-9 by default, which other layers always have.</summary>
    public double Epsilon { get; init; } = 1e-9;

    /// <summary>Guided Grad-CAM: how the coarse map is enlarged; nearest by default.</summary>
    public MapEnlargement Enlargement { get; init; }

    /// <summary>Inputs in one pass of the methods that need many; 8 by default, with which Integrated Gradients of a MobileNetV2 takes a fifth less time on a CPU than with 16. A GPU wants more.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>Is told how far a method that needs many passes has come; null by default.</summary>
    public IProgress<ExplanationProgress>? Progress { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Layers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(NoiseLevel);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero((float)Epsilon, nameof(Epsilon));
        if (!float.IsFinite(Baseline) || !double.IsFinite(NoiseLevel) || !double.IsFinite(Epsilon))
        {
            throw new ArgumentException($"Baseline {Baseline}, noise level {NoiseLevel} and epsilon {Epsilon} must be finite numbers.");
        }

        if ((Score is { } score && !Enum.IsDefined(score)) || !Enum.IsDefined(Part) || !Enum.IsDefined(Integration) || !Enum.IsDefined(Enlargement))
        {
            throw new ArgumentException($"Score {Score}, part {Part}, integration {Integration} or enlargement {Enlargement} has a value that is not in its list.");
        }
    }
}
