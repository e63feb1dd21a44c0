namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Makes the subbands of a tile-component, resolution by resolution.</summary>
internal sealed class SubbandFactory(Rectangle tile, CodingStyle style, Quantization quantization, int roiShift, int precision)
{
    /// <summary>The lowest band, or the three that lead from the resolution below to this one.</summary>
    public Subband[] Create(int resolution) => resolution == 0
        ? [Create(BandOrientation.LowLow, resolution)]
        : [Create(BandOrientation.HighLow, resolution), Create(BandOrientation.LowHigh, resolution), Create(BandOrientation.HighHigh, resolution)];

    private Subband Create(BandOrientation orientation, int resolution)
    {
        int index = resolution == 0 ? 0 : 3 * (resolution - 1) + (int)orientation;
        int level = resolution == 0 ? style.Levels : style.Levels - resolution + 1;
        int highX = (int)orientation & 1, highY = (int)orientation >> 1;
        long half = level == 0 ? 0 : 1L << (level - 1);
        Rectangle area = tile.Reduced(level, half * highX, half * highY);
        Rectangle lower = resolution == 0 ? default : tile.Reduced(level);

        (int exponent, int mantissa) = quantization.Step(index);
        int planes = quantization.GuardBits + exponent - 1 + roiShift;
        float step = style.IsReversible ? 1 : MathF.ScaleB(1 + mantissa / 2048f, precision + highX + highY - exponent);
        return new Subband(orientation, area, highX * lower.Width, highY * lower.Height, planes, step);
    }
}
