namespace CxrNet.Evaluation;

/// <summary>How strongly a model sees one finding on each image: what every faithfulness figure asks for.</summary>
/// <param name="images">One or more, all of one size.</param>
/// <param name="cancellationToken">Stops the run.</param>
/// <returns>One score per image, in the same order.</returns>
public delegate IReadOnlyList<double> ImageScore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken);
