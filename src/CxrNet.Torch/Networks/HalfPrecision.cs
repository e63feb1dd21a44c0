using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>Mixed precision as in Kalamkar et al. 2019 (arXiv 1905.12322): convolutions and what lies between them in bfloat16, whose range is that of single precision, so that losses need no scaling; weights, statistics, optimizer and heads stay single.</summary>
internal static class HalfPrecision
{
    /// <summary>Turns it on or off for every convolution of a network.</summary>
    public static void Set(Module network, bool on)
    {
        foreach (ConvNorm convolution in network.modules().OfType<ConvNorm>())
        {
            convolution.HalfPrecision = on;
        }
    }
}
