namespace CxrNet.Evaluation;

/// <summary>How a map becomes the mask of EVAL-X. Immutable.</summary>
public sealed record EvalXOptions
{
    /// <summary>The share of the pixels, the strongest ones, that is kept of every map, above 0 and below 1; 0.2 by default.</summary>
    public double Share { get; init; } = 0.2;

    /// <summary>What takes the place of what is taken away, made of the evaluator's input. Null (the default) for 0 in the network's own numbers, which is what the random masks of a training leave and the image's mean where a network standardises each image; through a classifier that is no <see cref="ITensorClassifier"/> the mean of the grey plane.</summary>
    public Func<GrayImage, GrayImage>? Reference { get; init; }
}
