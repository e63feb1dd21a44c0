namespace CxrNet.Imaging.Dicom;

/// <summary>The least and the greatest value of all frames, looked for once; every frame's own rescale is then laid over it.</summary>
/// <param name="Min">Stored, or behind the file's modality LUT where it has one.</param>
/// <param name="Max">As <paramref name="Min"/>.</param>
/// <param name="Missing">Why there is no range; null where there is one.</param>
internal sealed record FrameRange(double Min, double Max, string? Missing)
{
    // What a frame costs beside its pixels (headers, tables, memory), in pixels: a million frames of one pixel are no small file.
    private const int LeastPixels = 4096;

    /// <summary>Decodes every frame.</summary>
    public static FrameRange Of(DicomPixels pixels, LookupTable? modalityLut, DecodeLimits limits)
    {
        long each = Math.Max((long)pixels.Format.Width * pixels.Format.Height, LeastPixels);
        if (pixels.FrameCount > limits.MaxPixels / each)
        {
            return new FrameRange(0, 0, $"{pixels.FrameCount} frames are too many to look through, so grey levels are this frame's own.");
        }

        try
        {
            (double min, double max) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int frame = 0; frame < pixels.FrameCount; frame++)
            {
                List<string> mended = [];
                (double low, double high) = GreyFrames.Range(pixels.Decode(frame, mended), modalityLut);
                if (mended.Count > 0)
                {
                    // Zeros in place of what is missing would darken every frame.
                    return new FrameRange(0, 0, $"Not every frame is whole, so grey levels are this frame's own: {mended[0]}");
                }

                (min, max) = (Math.Min(min, low), Math.Max(max, high));
            }

            return new FrameRange(min, max, null);
        }
        catch (InvalidDataException e)
        {
            return new FrameRange(0, 0, $"Another frame cannot be decoded, so grey levels are this frame's own: {e.Message}");
        }
    }

    /// <summary>The display with this range as its window; itself where all values are the same.</summary>
    public DisplayTransform ApplyTo(DisplayTransform display)
    {
        (double min, double max) = display.ModalityLut is not null
            ? (Min, Max)
            : ((Min * display.RescaleSlope) + display.RescaleIntercept, (Max * display.RescaleSlope) + display.RescaleIntercept);
        (min, max) = (Math.Min(min, max), Math.Max(min, max));
        return max > min ? display with { UseMinMax = false, Window = new VoiWindow((min + max) / 2, max - min, VoiFunction.LinearExact) } : display;
    }
}
