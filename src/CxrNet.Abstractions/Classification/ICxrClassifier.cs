namespace CxrNet;

/// <summary>Scores frontal chest radiographs for an ordered list of findings.</summary>
/// <remarks>Safe for concurrent use. Must not be disposed while a call is running.</remarks>
public interface ICxrClassifier : IDisposable
{
    /// <summary>What the model says of itself: findings, input, outputs, provenance.</summary>
    CxrModelCard Card { get; }

    /// <summary>Scores a batch of images in as few forward passes as the backend likes.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One prediction per image, in the same order; findings in card order; the network's own map with it where the card lists one.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default);
}
