namespace CxrNet.Cli;

/// <summary>Calibration images one after the other, as the model sees them in use: with the lung handling of its card done. What cannot be read is named on stderr and left out.</summary>
internal sealed class CalibrationFiles(IReadOnlyList<string> files, CxrModelCard card, ModelChoice model, TextWriter error, CancellationToken cancellationToken) : IDisposable
{
    private readonly ILungSegmenter? _segmenter = card.Input.Lungs == LungHandling.None ? null : (model with { File = null, CardFile = null }).LoadSegmenter();

    /// <summary>How many could not be read so far.</summary>
    public int Failed { get; private set; }

    public IEnumerable<GrayImage> Read()
    {
        foreach (string file in files)
        {
            LoadedImage loaded = LoadedImage.Read(file);
            if (loaded.Image is not null)
            {
                yield return _segmenter is null ? loaded.Image : Prepared(loaded.Image, _segmenter);
                continue;
            }

            Failed++;
            error.WriteLine($"error: '{file}': {loaded.Error}");
        }
    }

    public void Dispose() => _segmenter?.Dispose();

    private GrayImage Prepared(GrayImage image, ILungSegmenter segmenter)
    {
        LungMask mask = segmenter.Segment(image, cancellationToken);
        if (card.Input.Lungs == LungHandling.Apply)
        {
            float[] masked = new float[image.Pixels.Length];
            LungMasking.Apply(image, mask, masked);
            return new GrayImage(image.Width, image.Height, masked, image.Info);
        }

        PixelRegion box = LungCrop.BoxOf(mask);
        float[] part = new float[box.Width * box.Height];
        for (int y = 0; y < box.Height; y++)
        {
            image.Pixels.Slice(((box.Y + y) * image.Width) + box.X, box.Width).CopyTo(part.AsSpan(y * box.Width));
        }

        return new GrayImage(box.Width, box.Height, part, image.Info);
    }
}
