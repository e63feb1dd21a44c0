namespace CxrNet;

/// <summary>A synthetic frontal chest radiograph with exact masks: for tests, demonstrations and checks of explanation maps where no patient's image may be used.</summary>
/// <remarks>
/// Simplified anatomy (two lungs, ribs, clavicles, scapulae, spine, heart, diaphragm, vessels) and simplified physics; no measure of a model, and in a training at most a small part beside real images.
/// The same options give the same pixels, bit for bit, on every machine: only operations that IEEE 754 rounds exactly are used, and an own generator of random numbers.
/// </remarks>
public sealed class ChestPhantom
{
    private const int SmallestSide = 16;

    private readonly bool[] _lungs;
    private readonly bool[] _lesion;

    private ChestPhantom(PhantomOptions options, GrayImage image, bool[] lungs, bool[] lesion)
    {
        Options = options;
        Image = image;
        _lungs = lungs;
        _lesion = lesion;
        LungMask = new LungMask(image.Width, image.Height, Array.ConvertAll(lungs, static inside => inside ? 1f : 0f));
    }

    /// <summary>What was asked for.</summary>
    public PhantomOptions Options { get; }

    /// <summary>The radiograph, 0 = black … 1 = white.</summary>
    public GrayImage Image { get; }

    /// <summary>The lung fields without heart, mediastinum and what lies behind the diaphragm; probabilities 0 and 1.</summary>
    public LungMask LungMask { get; }

    /// <summary>Whether a pixel is lung: width x height values, row-major.</summary>
    public ReadOnlySpan<bool> Lungs => _lungs;

    /// <summary>Whether a pixel belongs to a lesion: width x height values, row-major; always inside the lungs, nowhere for <see cref="PhantomClass.Normal"/>.</summary>
    /// <remarks>The border is where the disease has half its full strength, so the fading rim of a soft lesion lies outside.</remarks>
    public ReadOnlySpan<bool> Lesion => _lesion;

    /// <summary>Draws a phantom.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is shorter than 16 pixels, the noise negative, or the class unknown.</exception>
    public static ChestPhantom Create(PhantomOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Width, SmallestSide, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Height, SmallestSide, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Noise, nameof(options));
        if (!Enum.IsDefined(options.Class))
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"{(int)options.Class} is no class of phantom.");
        }

        PhantomCanvas canvas = new(options.Width, options.Height);
        PhantomRenderer renderer = new(options, canvas);
        float[] pixels = new float[options.Width * options.Height];
        bool[] lungs = new bool[pixels.Length];
        bool[] lesion = new bool[pixels.Length];
        Parallel.For(0, options.Height, row =>
        {
            int start = row * options.Width;
            renderer.DrawRow(row, pixels.AsSpan(start, options.Width), lungs.AsSpan(start, options.Width), lesion.AsSpan(start, options.Width));
        });
        return new ChestPhantom(options, new GrayImage(options.Width, options.Height, pixels), lungs, lesion);
    }
}
