using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The planes' first component by kernel PCA: S. Karmani et al. 2024 (arXiv 2410.00267).</summary>
/// <remarks>At the layer's resolution; signed, or 0 or more where the options say so. The same for every finding. Kernel tanh(x·y / channels + 1) between cells; the sign, which is arbitrary, is the one that goes with the sum of the planes.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class KpcaCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : CamExplanation(network, options)
{
    // As in the ONNX backend: a kernel has 128 MiB.
    private const long MostCells = 4096;

    /// <inheritdoc/>
    public override string Method => "kpca_cam";

    private protected override CamSigns Signs => CamSigns.Kept;

    private protected override bool IsOfFinding => false;

    private protected override CamNeeds Needs => CamNeeds.Activations;

    private protected override Tensor Map(CamLayer layer)
    {
        (long height, long width) = (layer.Activations.shape[2], layer.Activations.shape[3]);
        return height * width <= MostCells
            ? Principal.KernelComponent(layer.Activations)
            : throw new CxrModelException(Network.Card.Id, $"'{layer.Name}' of '{Network.Card.Id}' has {width} x {height} cells; KPCA-CAM compares each with every other one and takes {MostCells} at most. Name planes further behind, or take Eigen-CAM.");
    }
}
