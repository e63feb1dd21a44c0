using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>The card's per-image normalisation on tensors: mean 0, standard deviation 1 (population) over each image.</summary>
internal static class Standardization
{
    public static Tensor PerImage(Tensor images)
    {
        Tensor mean = images.mean([1, 2, 3], keepdim: true);
        Tensor std = images.std([1, 2, 3], unbiased: false, keepdim: true).clamp_min(1e-6);
        return (images - mean) / std;
    }
}
