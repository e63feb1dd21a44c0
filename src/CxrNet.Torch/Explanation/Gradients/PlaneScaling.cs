using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Explanation;

/// <summary>Scaling and enlarging of planes as pytorch-grad-cam does it.</summary>
internal static class PlaneScaling
{
    /// <summary>(v - min) / (1e-7 + max of that) for each plane, [n, c, h, w] or [n, h, w].</summary>
    public static Tensor Stretch(Tensor planes)
    {
        Tensor lifted = planes - planes.amin([-2, -1], keepdim: true);
        return lifted / (lifted.amax([-2, -1], keepdim: true) + 1e-7);
    }

    /// <summary>Bilinear with half-pixel centres, [n, c, h, w].</summary>
    public static Tensor Resize(Tensor planes, long[] size) =>
        functional.interpolate(planes, size: size, mode: InterpolationMode.Bilinear, align_corners: false);
}
