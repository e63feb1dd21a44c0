using System.Numerics;
using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>The grey level of one stored value: modality step, VOI step, inversion, as DICOM PS3.3 C.11.1 and C.11.2 define them.</summary>
internal readonly struct DisplayFunction
{
    private readonly DisplayTransform _transform;
    private readonly bool _inverted;

    // The stored values that stand for the ends of the grey scale where neither VOI LUT nor window says so.
    private readonly double _darkest;
    private readonly double _brightest;

    private DisplayFunction(DisplayTransform transform, bool inverted, int lowest, int highest, double darkest, double brightest)
    {
        _transform = transform;
        _inverted = inverted;
        Lowest = lowest;
        Highest = highest;
        _darkest = darkest;
        _brightest = brightest;
    }

    /// <summary>The lowest value that the image's format can store.</summary>
    public int Lowest { get; }

    /// <summary>The highest value that the image's format can store.</summary>
    public int Highest { get; }

    /// <summary>The function of an image of one channel.</summary>
    public static DisplayFunction Of(DecodedImage image)
    {
        DisplayTransform transform = image.Display;
        int lowest = image.Format == SampleFormat.Int16 ? -(1 << (image.BitsStored - 1)) : 0;
        int highest = lowest + (1 << image.BitsStored) - 1;
        (double darkest, double brightest) = transform switch
        {
            { UseMinMax: true } => ModalityRangeOf(image, transform),
            { ModalityLut: { } lut } => (0, (1 << lut.BitsPerEntry) - 1),
            _ => Ordered(Modality(transform, lowest), Modality(transform, highest)),
        };
        return new DisplayFunction(transform, image.Photometric == PhotometricMeaning.Monochrome1, lowest, highest, darkest, brightest);
    }

    /// <summary>The grey level 0 … 1 of a stored value.</summary>
    public double this[int stored]
    {
        get
        {
            double output = Modality(_transform, stored);
            double gray = _transform switch
            {
                { VoiLut: { } lut } => Entry(lut, output) / ((1 << lut.BitsPerEntry) - 1.0),
                { Window: { } window } => Through(window, output),
                _ => _brightest > _darkest ? (output - _darkest) / (_brightest - _darkest) : 0,
            };
            gray = Math.Clamp(gray, 0, 1);
            return _inverted ? 1 - gray : gray;
        }
    }

    /// <summary>Whether the whole function is <c>clamp((stored - black) / span, 0, 1)</c>, exactly enough in single precision; then no table is needed.</summary>
    public bool TryGetRamp(out float black, out float span)
    {
        (double from, double width) = _transform.Window switch
        {
            null => (_darkest, _brightest - _darkest),
            { Function: VoiFunction.Linear } window => (window.Center - 0.5 - ((window.Width - 1) / 2), window.Width - 1),
            { Function: VoiFunction.LinearExact } window => (window.Center - (window.Width / 2), window.Width),
            _ => (0, 0),
        };
        double start = (from - _transform.RescaleIntercept) / _transform.RescaleSlope;
        double extent = width / _transform.RescaleSlope;
        black = (float)(_inverted ? start + extent : start);
        span = (float)(_inverted ? -extent : extent);

        // A stored value is exact in single precision, so only a rounded black point could hurt, and only under a narrow window.
        bool exact = black == (_inverted ? start + extent : start) || Math.Abs(extent) >= 256;
        return _transform is { ModalityLut: null, VoiLut: null } && width > 0 && float.IsNormal(span) && exact;
    }

    private static double Modality(DisplayTransform transform, int stored) => transform.ModalityLut is { } lut
        ? Entry(lut, stored)
        : (stored * transform.RescaleSlope) + transform.RescaleIntercept;

    /// <summary>What a table gives for a value; values before and behind it have the first and the last entry.</summary>
    public static ushort Entry(LookupTable lut, double value)
    {
        ReadOnlySpan<ushort> entries = lut.Entries.Span;
        return entries[(int)Math.Clamp(Math.Round(value) - lut.FirstMapped, 0, entries.Length - 1)];
    }

    private static double Through(VoiWindow window, double value) => window.Function switch
    {
        VoiFunction.Sigmoid => 1 / (1 + Math.Exp(-4 * (value - window.Center) / window.Width)),
        VoiFunction.LinearExact => ((value - window.Center) / window.Width) + 0.5,
        _ when window.Width <= 1 => value <= window.Center - 0.5 ? 0 : 1,
        _ => ((value - (window.Center - 0.5)) / (window.Width - 1)) + 0.5,
    };

    private static (double Darkest, double Brightest) ModalityRangeOf(DecodedImage image, DisplayTransform transform)
    {
        ReadOnlySpan<byte> samples = image.Samples.Span;
        return image.Format switch
        {
            SampleFormat.UInt8 => ModalityRangeOf<byte>(samples, transform),
            SampleFormat.UInt16 => ModalityRangeOf(MemoryMarshal.Cast<byte, ushort>(samples), transform),
            _ => ModalityRangeOf(MemoryMarshal.Cast<byte, short>(samples), transform),
        };
    }

    private static (double Darkest, double Brightest) ModalityRangeOf<T>(ReadOnlySpan<T> samples, DisplayTransform transform)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (transform.ModalityLut is null)
        {
            int lowest = int.CreateTruncating(System.Numerics.Tensors.TensorPrimitives.Min(samples));
            int highest = int.CreateTruncating(System.Numerics.Tensors.TensorPrimitives.Max(samples));
            return Ordered(Modality(transform, lowest), Modality(transform, highest));
        }

        // A table need not rise, so every value has to be looked up.
        double darkest = double.PositiveInfinity, brightest = double.NegativeInfinity;
        foreach (T sample in samples)
        {
            double output = Modality(transform, int.CreateTruncating(sample));
            darkest = Math.Min(darkest, output);
            brightest = Math.Max(brightest, output);
        }

        return (darkest, brightest);
    }

    private static (double Lower, double Upper) Ordered(double a, double b) => a <= b ? (a, b) : (b, a);
}
