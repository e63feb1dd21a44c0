namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>What a codestream may declare, checked before anything of its size is allocated.</summary>
/// <param name="MaxPixels">Greatest width x height.</param>
/// <param name="Shape">The one shape that is expected; null where only the number of pixels is limited.</param>
internal readonly record struct StreamBounds(long MaxPixels, (int Width, int Height, int Components)? Shape)
{
    public static implicit operator StreamBounds(long maxPixels) => new(maxPixels, null);

    /// <summary>What the DICOM header says, and nothing else.</summary>
    public static StreamBounds Of(FrameFormat format) => new((long)format.Width * format.Height, (format.Width, format.Height, format.Channels));
}
