namespace CxrNet;

/// <summary>Conveniences on top of <see cref="ILungSegmenter"/>.</summary>
public static class LungSegmenterExtensions
{
    /// <summary>Segments the lungs of one image.</summary>
    /// <param name="segmenter">Any backend.</param>
    /// <param name="image">A grey plane of any size.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>A mask of the image's own size.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    public static LungMask Segment(this ILungSegmenter segmenter, GrayImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        return segmenter.Segment([image], cancellationToken)[0];
    }
}
