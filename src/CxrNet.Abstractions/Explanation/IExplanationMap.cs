namespace CxrNet;

/// <summary>Says for each pixel how much it speaks for a finding.</summary>
/// <remarks>Safe for concurrent use. Must not be disposed while a call is running; the classifier that it explains belongs to the caller.</remarks>
public interface IExplanationMap : IDisposable
{
    /// <summary>The method's short name, for example <c>network</c> or <c>rise</c>.</summary>
    string Method { get; }

    /// <summary>Explains a batch of images.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One raw map per image, in the same order, at the method's own resolution; magnitudes as computed, nothing rescaled per image.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="ArgumentException">The model has no finding of that name.</exception>
    IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default);
}
