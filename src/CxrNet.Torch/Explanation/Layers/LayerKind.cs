namespace CxrNet.Torch.Explanation;

/// <summary>What a layer computes. A rule of propagation is written once for a kind, so that it holds for every network.</summary>
internal enum LayerKind
{
    /// <summary>The network's input.</summary>
    Input,

    /// <summary>A 2D convolution with its bias.</summary>
    Convolution,

    /// <summary>Batch normalisation with stored statistics: a scale and a shift for each channel.</summary>
    Norm,

    /// <summary>A linear layer of vectors.</summary>
    Dense,

    /// <summary>ReLU, or ReLU cut above as ReLU6.</summary>
    Rectifier,

    /// <summary>The sigmoid.</summary>
    Sigmoid,

    /// <summary>The greatest value of each window.</summary>
    MaxPool,

    /// <summary>The mean of each window.</summary>
    AveragePool,

    /// <summary>The mean of each plane.</summary>
    GlobalAveragePool,

    /// <summary>Sum or difference of two values, or of a value and a constant.</summary>
    Sum,

    /// <summary>A value times a constant.</summary>
    Scale,

    /// <summary>Bilinear enlargement.</summary>
    Enlargement,

    /// <summary>Product of two values.</summary>
    Product,

    /// <summary>Values are moved, not changed: flattening, joining of channels, padding with zeros.</summary>
    Routing,
}
