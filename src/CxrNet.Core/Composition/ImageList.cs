namespace CxrNet;

/// <summary>The images of a call, for decorators that look at them themselves.</summary>
internal static class ImageList
{
    /// <summary>Reads the list once, so that what was looked at is what is passed on.</summary>
    /// <exception cref="ArgumentException">An image is missing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled meanwhile.</exception>
    public static GrayImage[] Require(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = new GrayImage[images.Count];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = images[i] ?? throw new ArgumentException($"Image {i} is null.", nameof(images));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return read;
    }
}
