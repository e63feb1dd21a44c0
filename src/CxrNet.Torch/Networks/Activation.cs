namespace CxrNet.Torch.Networks;

/// <summary>What follows a convolution and its normalisation.</summary>
internal enum Activation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6), as in MobileNetV2.</summary>
    Relu6,
}
