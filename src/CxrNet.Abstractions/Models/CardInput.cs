namespace CxrNet;

/// <summary>What a network expects to be fed, as data: every backend makes its input from this alone.</summary>
public sealed record CardInput
{
    /// <summary>The name of the model file's input.</summary>
    public string Name { get; init; } = "input";

    /// <summary>1 for grey, 3 where the grey plane is repeated.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Rows of the input.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the input.</summary>
    public required int Width { get; init; }

    /// <summary>The order of the dimensions.</summary>
    public TensorLayout Layout { get; init; }

    /// <summary>How an image of another shape becomes the input's shape.</summary>
    public InputGeometry Geometry { get; init; }

    /// <summary>The resampling filter.</summary>
    public ResizeFilter Filter { get; init; }

    /// <summary>How grey levels 0 … 1 become the network's numbers.</summary>
    public InputNormalization Normalization { get; init; } = InputNormalization.UnitRange;

    /// <summary>What is done with the lungs before the network sees the image.</summary>
    public LungHandling Lungs { get; init; }

    /// <summary>The shape of a batch in the order of <see cref="Layout"/>: [n, c, h, w] or [n, h, w, c].</summary>
    /// <param name="images">n; -1 where it is open.</param>
    public long[] ShapeOf(long images) => Layout == TensorLayout.Nchw ? [images, Channels, Height, Width] : [images, Height, Width, Channels];
}
