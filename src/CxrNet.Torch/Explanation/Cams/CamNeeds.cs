namespace CxrNet.Torch.Explanation;

/// <summary>What a CAM needs of its layer besides the activations.</summary>
internal enum CamNeeds
{
    /// <summary>Nothing: one pass forward to the layer, without a finding.</summary>
    Activations,

    /// <summary>The rest of the network, to be run on changed activations or images.</summary>
    Head,

    /// <summary>The gradient of the score.</summary>
    Gradients,

    /// <summary>The gradient, and a product with the second derivatives.</summary>
    SecondDerivatives,
}
