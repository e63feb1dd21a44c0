using BenchmarkDotNet.Attributes;

namespace CxrNet.Benchmarks.Stages;

/// <summary>What follows the networks, on a 2500 x 2000 phantom: cleaning a lung mask, its single steps, enlarging a map, and the overlay.</summary>
/// <remarks>The mask is the phantom's own, blurred as a 224 x 224 network's enlarged output is, with specks and pinholes, so that every step has something to do.</remarks>
public class PostProcessing
{
    private const int Width = Plane.Width, Height = Plane.Height, Side = 224;

    private readonly byte[] _mask = new byte[Width * Height];
    private readonly byte[] _result = new byte[Width * Height];
    private readonly int[] _labels = new int[Width * Height];
    private readonly float[] _large = new float[Width * Height];
    private GrayImage _image = null!;
    private LungMask _lungs = null!;
    private Heatmap _small = null!;
    private Heatmap _whole = null!;

    [GlobalSetup]
    public void Setup()
    {
        PreprocessingThreads.Maximum = 1;
        ChestPhantom phantom = ChestPhantom.Create(new PhantomOptions { Width = Width, Height = Height, Class = PhantomClass.BacterialPneumonia });
        _image = phantom.Image;
        float[] raw = new float[Side * Side], probabilities = new float[Width * Height];
        Resizer.Resize(phantom.LungMask.Probabilities, Width, Height, raw, Side, Side, ResizeFilter.Bilinear);
        Resizer.Resize(raw, Side, Side, probabilities, Width, Height, ResizeFilter.Bilinear);
        Random random = new(1);
        for (int i = 0; i < 300; i++)
        {
            int x = random.Next(Width - 8), y = random.Next(Height - 8);
            for (int k = 0; k < 64; k++)
            {
                ref float value = ref probabilities[((y + (k / 8)) * Width) + x + (k % 8)];
                value = 1 - value;
            }
        }

        _lungs = new LungMask(Width, Height, probabilities);
        MaskThreshold.Apply(probabilities, 0.5f, _mask);
        _small = new Heatmap(Side, Side, raw, Width, Height);
        _whole = _small.ToImageSize();
    }

    [Benchmark(Description = "LungMask.Clean")]
    public LungMask Clean() => _lungs.Clean();

    [Benchmark(Description = "threshold")]
    public void Threshold() => MaskThreshold.Apply(_lungs.Probabilities, 0.5f, _result);

    [Benchmark(Description = "label, 8 neighbours")]
    public int Label() => ConnectedComponents.Label(_mask, Width, Height, Connectivity.Eight, _labels);

    [Benchmark(Description = "two largest parts")]
    public void Largest() => LargestComponents.Keep(_mask, Width, Height, 2, Connectivity.Eight, _result);

    [Benchmark(Description = "fill holes")]
    public void Fill() => HoleFilling.Fill(_mask, Width, Height, Connectivity.Four, _result);

    [Benchmark(Description = "remove small parts")]
    public void Small() => SmallParts.Remove(_mask, Width, Height, 500, Connectivity.Eight, _result);

    [Benchmark(Description = "dilate")]
    public void Dilate() => Morphology.Dilate(_mask, Width, Height, _result);

    [Benchmark(Description = "bounding box")]
    public PixelRegion? Bounds() => MaskBounds.Of(_mask, Width, Height);

    [Benchmark(Description = "enlarge a 224 x 224 map, into own memory")]
    public void Enlarge() => Resizer.Resize(_small.Values, Side, Side, _large, Width, Height, ResizeFilter.Bilinear);

    [Benchmark(Description = "overlay of a 224 x 224 map")]
    public RgbImage OverlaySmall() => Overlay.Blend(_image, _small);

    [Benchmark(Description = "overlay of a map of the image's size")]
    public RgbImage OverlayWhole() => Overlay.Blend(_image, _whole);

    [Benchmark(Description = "overlay as show_cam_on_image")]
    public RgbImage Cam() => CamOverlay.Blend(_image, _whole, ColorMaps.Jet);
}
