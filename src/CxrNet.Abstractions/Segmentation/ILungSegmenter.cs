namespace CxrNet;

/// <summary>Finds the lungs on frontal chest radiographs.</summary>
/// <remarks>Safe for concurrent use. Must not be disposed while a call is running.</remarks>
public interface ILungSegmenter : IDisposable
{
    /// <summary>What the model says of itself.</summary>
    CxrModelCard Card { get; }

    /// <summary>Segments the lungs.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One mask per image, in the same order, each of its image's own size.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default);
}
