using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxrNet.TestData;

namespace CxrNet.Core.Tests.Preprocessing;

/// <summary>Walks the manifest of golden/resize: each file is made again from its source and compared within the tolerance of the folder's README.</summary>
[Trait("Category", "golden")]
public sealed partial class ResizingAsPythonDoes
{
    public static TheoryData<string> Manifest => GoldenManifest.Files("resize");

    [Theory, MemberData(nameof(Manifest))]
    public void TheNumbersAreTheSame(string file)
    {
        string path = GoldenManifest.Locate("resize", file);
        if (path.EndsWith("_crop.json", StringComparison.Ordinal))
        {
            CompareCrop(file, path);
            return;
        }

        Npy expected = Npy.Read(path);
        string name = Path.GetFileNameWithoutExtension(file);
        if (file.StartsWith("source/", StringComparison.Ordinal))
        {
            Assert.EndsWith($"_{expected.Shape[0]}x{expected.Shape[1]}", name, StringComparison.Ordinal);
            return;
        }

        Source source = Source.Of(name[..name.IndexOf('_', StringComparison.Ordinal)]);
        (float[] actual, double tolerance) = Path.GetDirectoryName(file) switch
        {
            "pil" => Pil(source, name, expected.Shape),
            "torchvision" => TorchVision(source, name, expected.Shape),
            "opencv" => OpenCv(source, name, expected.Shape),
            "skimage" => ScikitImage(source, name, expected.Shape),
            "txv" => TorchXRayVision(source, name, expected.Shape),
            "clahe" => Equalized(source, name),
            _ => throw Unknown(file),
        };
        Assert.Equal(expected.Values.Length, actual.Length);
        double worst = expected.Values.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= tolerance, $"{file}: greatest difference {worst}, {tolerance} allowed.");
    }

    private static (float[] Actual, double Tolerance) Pil(Source source, string name, int[] shape)
    {
        Match parts = PilName().Match(name);
        ResizeFilter filter = parts.Groups[2].Value switch
        {
            "box" => ResizeFilter.Box,
            "bilinear" => ResizeFilter.Bilinear,
            "bicubic" => ResizeFilter.Bicubic,
            "lanczos" => ResizeFilter.Lanczos,
            _ => throw Unknown(name),
        };
        return parts.Groups[1].Value == "L"
            ? (Bytes(source, shape, filter), 0)
            : (Resized(source.Floats, source, shape, filter), source.Is16Bit ? 2e-2 : 1e-3);
    }

    private static (float[] Actual, double Tolerance) TorchVision(Source source, string name, int[] shape)
    {
        ResizeFilter filter = TorchVisionName().Match(name).Groups[1].Value switch
        {
            "bilinear_aa1" => ResizeFilter.Bilinear,
            "bilinear_aa0" => ResizeFilter.BilinearNoAntialias,
            "bicubic_aa1" => ResizeFilter.Bicubic,
            "bicubic_aa0" => ResizeFilter.BicubicNoAntialias,
            _ => throw Unknown(name),
        };
        return (Resized(source.Unit, source, shape, filter), 1e-5);
    }

    private static (float[] Actual, double Tolerance) OpenCv(Source source, string name, int[] shape)
    {
        Match parts = OpenCvName().Match(name);
        ResizeFilter filter = parts.Groups[2].Value switch
        {
            "area" => ResizeFilter.Area,
            "linear" => ResizeFilter.BilinearNoAntialias,
            "cubic" => ResizeFilter.BicubicNoAntialias,
            _ => throw Unknown(name),
        };
        return parts.Groups[1].Value == "u8"
            ? (Bytes(source, shape, filter), 1)
            : (Resized(source.Floats, source, shape, filter), 1e-3);
    }

    private static (float[] Actual, double Tolerance) ScikitImage(Source source, string name, int[] shape)
    {
        // Some of these files keep the channel axis that XRayResizer adds.
        int newHeight = shape[^2], newWidth = shape[^1];
        float[] actual = new float[newHeight * newWidth];
        PixelRegion whole = PixelRegion.Whole(source.Width, source.Height);
        if (name.Contains("_constant_", StringComparison.Ordinal))
        {
            ScikitImageResizer.Resize(source.Floats, source.Width, source.Height, whole, 0, actual, newWidth, newHeight);
        }
        else if (name.Contains("_reflect_default_", StringComparison.Ordinal))
        {
            ScikitImageResizer.ResizeMirrored(source.Floats, source.Width, source.Height, whole, actual, newWidth, newHeight);
        }
        else
        {
            throw Unknown(name);
        }

        return (actual, 3e-4 * (source.Is16Bit ? 16 : 1));
    }

    private static (float[] Actual, double Tolerance) TorchXRayVision(Source source, string name, int[] shape)
    {
        Match parts = TorchXRayVisionName().Match(name);
        float white = parts.Groups[1].Success ? float.Parse(parts.Groups[1].Value, CultureInfo.InvariantCulture) : 255;
        CardInput input = InputProfiles.TorchXRayVision(shape[^1]) with
        {
            Filter = parts.Groups[2].Value switch
            {
                "skimage" => ResizeFilter.ScikitImage,
                "cv2" => ResizeFilter.Area,
                _ => throw Unknown(name),
            },
        };
        GrayImage gray = new(source.Width, source.Height, [.. source.Floats.Select(v => v / white)]);
        using InputTensor tensor = InputTensor.From([gray], input);
        return (tensor.Values.ToArray(), 2e-3);
    }

    private static (float[] Actual, double Tolerance) Equalized(Source source, string name)
    {
        string method = name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
        if (ClaheName().Match(method) is { Success: true } clahe)
        {
            ClaheOptions options = new()
            {
                ClipLimit = double.Parse(clahe.Groups[1].Value, CultureInfo.InvariantCulture),
                TilesX = int.Parse(clahe.Groups[2].Value, CultureInfo.InvariantCulture),
                TilesY = int.Parse(clahe.Groups[3].Value, CultureInfo.InvariantCulture),
            };
            if (source.Is16Bit)
            {
                ushort[] wide = new ushort[source.Floats.Length];
                Clahe.Apply([.. source.Floats.Select(v => (ushort)v)], source.Width, source.Height, wide, options);
                return ([.. wide.Select(v => (float)v)], 0);
            }

            byte[] equalized = new byte[source.Floats.Length];
            Clahe.Apply(source.Bytes, source.Width, source.Height, equalized, options);
            return (Floats(equalized), 0);
        }

        byte[] bytes = new byte[source.Floats.Length];
        float[] floats = new float[source.Floats.Length];
        switch (method)
        {
            case "cv2_equalizeHist":
                HistogramEqualization.OpenCv(source.Bytes, bytes);
                return (Floats(bytes), 0);
            case "pil_equalize":
                HistogramEqualization.Pil(source.Bytes, bytes);
                return (Floats(bytes), 0);
            case "skimage_equalize_hist_256bins":
                HistogramEqualization.ScikitImage(source.Bytes, floats);
                return (floats, 1e-6);
            case "skimage_adapthist_k8_clip0.01":
                ScikitImageClahe.Apply(source.Unit, source.Width, source.Height, 8, 0.01, floats);
                return (floats, 1e-6);
            default:
                throw Unknown(name);
        }
    }

    private static void CompareCrop(string file, string path)
    {
        Source source = Source.Of(Path.GetFileName(file)[..^"_crop.json".Length]);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        using InputTensor tensor = InputTensor.From([new GrayImage(source.Width, source.Height, source.Unit)], InputProfiles.TorchXRayVision(8));
        int Number(string key) => json.RootElement.GetProperty(key).GetInt32();
        PixelRegion expected = new(Number("start_x"), Number("start_y"), Number("crop_size"), Number("crop_size"));
        Assert.Equal(expected, tensor.RegionOf(0));
    }

    private static float[] Resized(float[] plane, Source source, int[] shape, ResizeFilter filter)
    {
        float[] actual = new float[shape[^2] * shape[^1]];
        Resizer.Resize(plane, source.Width, source.Height, actual, shape[^1], shape[^2], filter);
        return actual;
    }

    private static float[] Bytes(Source source, int[] shape, ResizeFilter filter)
    {
        byte[] actual = new byte[shape[^2] * shape[^1]];
        ByteResizer.Resize(source.Bytes, source.Width, source.Height, actual, shape[^1], shape[^2], filter);
        return Floats(actual);
    }

    private static float[] Floats(byte[] bytes) => [.. bytes.Select(v => (float)v)];

    private static NotSupportedException Unknown(string name) => new($"'{name}': no rule of this test knows that file.");

    [GeneratedRegex("_([LF])_([a-z]+)_[0-9]+x[0-9]+$")]
    private static partial Regex PilName();

    [GeneratedRegex("_([a-z]+_aa[01])_[0-9]+x[0-9]+$")]
    private static partial Regex TorchVisionName();

    [GeneratedRegex("_(u8|f32)_([a-z]+)_[0-9]+x[0-9]+$")]
    private static partial Regex OpenCvName();

    [GeneratedRegex("(?:_max([0-9]+))?_([a-z0-9]+)_[0-9]+$")]
    private static partial Regex TorchXRayVisionName();

    [GeneratedRegex("^cv2_clip([0-9.]+)_([0-9]+)x([0-9]+)$")]
    private static partial Regex ClaheName();

    private sealed record Source(int Width, int Height, float[] Floats, bool Is16Bit)
    {
        public byte[] Bytes => [.. Floats.Select(v => (byte)v)];

        public float[] Unit => [.. Floats.Select(v => v / (Is16Bit ? 65535f : 255f))];

        public static Source Of(string name)
        {
            string folder = TestFolders.RequireGolden("resize/source");
            Npy npy = Npy.Read(Assert.Single(Directory.GetFiles(folder, $"{name}_*.npy")));
            return new Source(npy.Shape[1], npy.Shape[0], npy.Floats, npy.DType == "<u2");
        }
    }
}
