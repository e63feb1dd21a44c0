using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using OpenCvSharp;
using SkiaSharp;

namespace CxrNet.Benchmarks.Stages;

/// <summary>Decoded samples of a 2500 x 2000 radiograph to a 224 x 224 input of floats 0 … 1: grey, resize, rescale, all on one thread.</summary>
/// <remarks>OpenCV does what its users do: cvtColor, resize with INTER_AREA, convertTo. Its result is that of a box filter, ours that of the antialiased triangle.</remarks>
public class GrayResizeRescale
{
    private const int Side = 224;

    private readonly CardInput _input = new() { Width = Side, Height = Side };
    private readonly CardInput _area = new() { Width = Side, Height = Side, Filter = ResizeFilter.Area };
    private readonly float[] _result = new float[Side * Side];
    private Mat _source = new();
    private readonly Mat _gray = new();
    private readonly Mat _small = new();
    private readonly Mat _float = new();
    private GCHandle _pinned;
    private SKPixmap? _skia;

    public static IEnumerable<Plane> Planes => [Plane.Gray8(), Plane.Gray16(), Plane.Color8()];

    [ParamsSource(nameof(Planes))]
    public Plane Samples { get; set; } = null!;

    private DecodedImage Image => Samples.Image;

    [GlobalSetup]
    public void Setup()
    {
        Cv2.SetNumThreads(1);
        PreprocessingThreads.Maximum = 1;
        MatType type = Image.Channels == 3 ? MatType.CV_8UC3 : Image.Format == SampleFormat.UInt8 ? MatType.CV_8UC1 : MatType.CV_16UC1;
        byte[] bytes = Image.Samples.ToArray();
        _pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        _source = Mat.FromPixelData(Plane.Height, Plane.Width, type, _pinned.AddrOfPinnedObject());
        _skia = Image is { Channels: 1, Format: SampleFormat.UInt8 }
            ? new SKPixmap(new SKImageInfo(Plane.Width, Plane.Height, SKColorType.Gray8), _pinned.AddrOfPinnedObject(), Plane.Width)
            : null;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _source.Dispose();
        _skia?.Dispose();
        _pinned.Free();
    }

    [Benchmark(Baseline = true, Description = "OpenCvSharp, INTER_AREA")]
    public void OpenCv()
    {
        Mat gray = _source;
        if (Image.Channels == 3)
        {
            Cv2.CvtColor(_source, _gray, ColorConversionCodes.RGB2GRAY);
            gray = _gray;
        }

        Cv2.Resize(gray, _small, new OpenCvSharp.Size(Side, Side), 0, 0, InterpolationFlags.Area);
        _small.ConvertTo(_float, MatType.CV_32F, Image.Format == SampleFormat.UInt8 ? 1 / 255.0 : 1 / 65535.0);
    }

    [Benchmark(Description = "CxrNet, samples to input")]
    public float CxrNet()
    {
        using InputTensor input = InputTensor.FromDecoded([Image], _input);
        return input.Values.Span[0];
    }

    [Benchmark(Description = "CxrNet, the same with INTER_AREA's filter")]
    public float CxrNetArea()
    {
        using InputTensor input = InputTensor.FromDecoded([Image], _area);
        return input.Values.Span[0];
    }

    [Benchmark(Description = "CxrNet, through a new GrayImage")]
    public float CxrNetThroughGray()
    {
        using InputTensor input = InputTensor.From([GrayConversion.ToGray(Image)], _input);
        return input.Values.Span[0];
    }

    [Benchmark(Description = "SkiaSharp, linear with mipmaps (8-bit grey only)")]
    public bool Skia()
    {
        if (_skia is null)
        {
            throw new NotSupportedException("SkiaSharp has neither 16-bit grey nor packed 24-bit colour.");
        }

        using SKBitmap small = new(new SKImageInfo(Side, Side, SKColorType.Gray8));
        using SKPixmap pixels = small.PeekPixels();
        bool done = _skia.ScalePixels(pixels, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        System.Numerics.Tensors.TensorPrimitives.ConvertChecked<byte, float>(small.GetPixelSpan(), _result);
        System.Numerics.Tensors.TensorPrimitives.Divide(_result, 255f, _result);
        return done;
    }

    [Benchmark(Description = "plain scalar loop")]
    public void Scalar() => ScalarLoop.Run(Image, _result, Side, Side);
}
