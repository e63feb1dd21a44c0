using static TorchSharp.torch;

namespace CxrNet.Torch.Networks;

/// <summary>A batch normalisation behind a convolution as one convolution with a bias: the same function in inference.</summary>
internal static class NormFolding
{
    /// <summary>torch.nn.BatchNorm2d's own, and ONNX's.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>w' = w γ / √(σ² + ε), b' = β + (b - μ) γ / √(σ² + ε), in double: rounding once, not twice.</summary>
    /// <param name="weight">Of the convolution, [out, in, rows, columns].</param>
    /// <param name="bias">Of the convolution; null for none.</param>
    /// <param name="gamma">Scale, [out], as the three that follow.</param>
    /// <param name="beta">Shift.</param>
    /// <param name="mean">Stored mean.</param>
    /// <param name="variance">Stored variance.</param>
    public static (Tensor Weight, Tensor Bias) Fold(Tensor weight, Tensor? bias, Tensor gamma, Tensor beta, Tensor mean, Tensor variance)
    {
        Tensor scale = gamma.to(ScalarType.Float64) / (variance.to(ScalarType.Float64) + Epsilon).sqrt();
        Tensor centre = bias is null ? -mean.to(ScalarType.Float64) : bias.to(ScalarType.Float64) - mean;
        return (
            (weight.to(ScalarType.Float64) * scale.view(-1, 1, 1, 1)).to(ScalarType.Float32),
            (beta.to(ScalarType.Float64) + (centre * scale)).to(ScalarType.Float32));
    }
}
