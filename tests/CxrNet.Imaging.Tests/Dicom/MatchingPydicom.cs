using System.Text.Json;
using CxrNet.Imaging.Dicom;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Dicom;

/// <summary>golden/dicom: stored and modality values, grey levels, colour and overlays against pydicom, gdcm and dcmtk; tolerances as its README states them.</summary>
[Trait("Category", "golden")]
public sealed class MatchingPydicom
{
    public static TheoryData<string> Names => GoldenFolder.Names("files/");

    [Theory, MemberData(nameof(Names))]
    public void StoredValuesAreExact(string name)
    {
        Golden golden = new(name);
        if (golden.Array("stored") is not { } stored)
        {
            return;
        }

        Assert.Equal(golden.Frames, golden.File.FrameCount);
        double[] actual = golden.Thin([.. Enumerable.Range(0, golden.Frames).SelectMany(f => golden.File.StoredValues(f)).Select(golden.Widen)]);
        Assert.Equal(stored.Values.Length, actual.Length);
        if (golden.IsSubsampled)
        {
            Assert.InRange(MeanDifference(stored.Values, actual), 0, 2);
        }
        else
        {
            Assert.InRange(MaxDifference(stored.Values, actual), 0, golden.Tolerance);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ModalityValuesAreExact(string name)
    {
        Golden golden = new(name);
        if (golden.Array("modality") is not { } modality)
        {
            return;
        }

        DisplayTransform display = golden.File.Decode().Display;
        if (golden.IsWide)
        {
            // 32 bits are reduced to 16: the image's own modality values are right to half a step.
            double[] reduced = [.. Enumerable.Range(0, golden.Frames).SelectMany(f => Modality(golden.File.Decode(f)))];
            Assert.InRange(MaxDifference(modality.Values, reduced), 0, display.RescaleSlope);
            return;
        }

        double[] actual = [.. Enumerable.Range(0, golden.Frames).SelectMany(f => Modality(golden.File.Decode(f)))];
        Assert.InRange(MaxDifference(modality.Values, actual), 0, (golden.Tolerance * Math.Abs(display.RescaleSlope)) + 1e-3);
    }

    [Theory, MemberData(nameof(Names))]
    public void GreyLevelsAreTheViewers(string name)
    {
        Golden golden = new(name);
        if (golden.Array("display8") is not { } display8)
        {
            return;
        }

        double[] actual = golden.ThinPlane([.. Enumerable.Range(0, golden.Frames).SelectMany(f => GrayConversion.ToGray(golden.File.Decode(f)).Pixels.ToArray()).Select(v => Math.Floor((255.0 * v) + 0.5))]);
        Assert.Equal(display8.Values.Length, actual.Length);
        if (golden.IsSubsampled)
        {
            Assert.InRange(MeanDifference(display8.Values, actual), 0, 1);
        }
        else
        {
            Assert.InRange(MaxDifference(display8.Values, actual), 0, 1);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ColourIsExactToRounding(string name)
    {
        Golden golden = new(name);
        if (golden.Array("rgb") is not { } rgb)
        {
            return;
        }

        DecodedImage image = golden.File.Decode();
        Assert.Equal(PhotometricMeaning.Rgb, image.Photometric);
        double[] actual = image.Format == SampleFormat.UInt8 ? [.. image.Samples.ToArray().Select(v => (double)v)] : [.. image.Samples16.ToArray().Select(v => (double)v)];
        if (golden.IsSubsampled)
        {
            Assert.InRange(MeanDifference(rgb.Values, actual), 0, 3);
        }
        else
        {
            Assert.InRange(MaxDifference(rgb.Values, actual), 0, golden.Text("PhotometricInterpretation").StartsWith("YBR", StringComparison.Ordinal) || golden.IsLossy ? 2 : 0);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void OverlaysAreExact(string name)
    {
        Golden golden = new(name);
        if (golden.Array("overlay") is { } overlay)
        {
            DicomOverlay read = Assert.Single(golden.File.Overlays);
            Assert.Equal(overlay.Values, read.Bits.ToArray().Select(b => (double)b));
            Assert.Contains(golden.File.Info.Warnings, w => w.Contains("overlay", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void TheHeaderIsTyped(string name)
    {
        Golden golden = new(name);
        RadiographInfo info = golden.File.Info;
        Assert.Equal(golden.TextOrNull("Modality"), info.Modality);
        Assert.Equal(golden.TextOrNull("ViewPosition"), info.View == RadiographView.Unknown ? null : info.View.ToString());
        Assert.Equal(golden.TextOrNull("SOPInstanceUID"), golden.File.Reference.SopInstanceUid);
        if (golden.Has("PixelSpacing"))
        {
            Assert.Equal(golden.Number("PixelSpacing", 0), info.RowSpacingMillimetres);
            Assert.Equal(golden.Number("PixelSpacing", 1), info.ColumnSpacingMillimetres);
        }
    }

    [Fact]
    public void EveryFileOfTheManifestHasARule()
    {
        _ = GoldenFolder.Path("manifest.json");
        string[] rules =
        [
            @"^(LICENSE-.*\.txt|README\.md|manifest\.json|expected\.json|broken\.json)$", @"^files/[^/]+\.dcm$",
            @"^expected/[^/]+/(stored|modality|display8|rgb|overlay)\.npy$", @"^broken/[^/]+\.dcm$", @"^expected_broken/[^/]+\.npy$",
        ];
        Assert.All(GoldenFolder.Files, f => Assert.Contains(rules, r => System.Text.RegularExpressions.Regex.IsMatch(f, r)));
        JsonElement expected = GoldenFolder.Json("expected.json");
        Assert.All(GoldenFolder.Files.Where(f => f.StartsWith("expected/", StringComparison.Ordinal)), f => Assert.Contains($"files/{f.Split('/')[1]}.dcm", GoldenFolder.Files));
        Assert.Equal(GoldenFolder.Files.Count(f => f.StartsWith("files/", StringComparison.Ordinal)), expected.EnumerateObject().Count());
    }

    private static double[] Modality(DecodedImage image)
    {
        int n = image.Width * image.Height;
        double[] values = new double[n];
        for (int i = 0; i < n; i++)
        {
            double stored = image.Format switch
            {
                SampleFormat.UInt8 => image.Samples.Span[i],
                SampleFormat.UInt16 => image.Samples16[i],
                _ => (short)image.Samples16[i],
            };
            values[i] = image.Display.ModalityLut is { } lut
                ? lut.Entries.Span[(int)Math.Clamp(stored - lut.FirstMapped, 0, lut.Entries.Length - 1)]
                : (stored * image.Display.RescaleSlope) + image.Display.RescaleIntercept;
        }

        return values;
    }

    private static double MaxDifference(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
    }

    private static double MeanDifference(double[] expected, double[] actual) => expected.Zip(actual, (a, b) => Math.Abs(a - b)).Average();

    /// <summary>One file with what is expected of it.</summary>
    private sealed class Golden
    {
        private readonly string _name;
        private readonly JsonElement _json;

        public Golden(string name)
        {
            _name = name;
            File = DicomFile.Open(System.IO.File.ReadAllBytes(GoldenFolder.Path($"files/{name}.dcm")));
            _json = GoldenFolder.Json("expected.json").GetProperty(name);
        }

        public DicomFile File { get; }

        public int Frames => Has("NumberOfFrames") ? (int)Number("NumberOfFrames", 0) : 1;

        public bool IsLossy => _json.GetProperty("lossy").GetBoolean() || Text("transfer_syntax") is "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51";

        public bool IsWide => Number("BitsAllocated", 0) == 32;

        // Colour JPEG: the README asks for the mean, since decoders interpolate chroma in their own ways.
        public bool IsSubsampled => File.Format.Channels == 3 && Text("transfer_syntax") == "1.2.840.10008.1.2.4.50";

        // JPEG-LS is exact even where it is lossy.
        public double Tolerance => !IsLossy || Text("transfer_syntax").StartsWith("1.2.840.10008.1.2.4.8", StringComparison.Ordinal) ? 0 : Number("BitsStored", 0) <= 8 ? 1 : 2;

        public bool Has(string key) => _json.TryGetProperty(key, out _);

        public string Text(string key) => _json.GetProperty(key).GetString()!;

        public string? TextOrNull(string key) => Has(key) && Text(key).Length > 0 ? Text(key) : null;

        public double Number(string key, int index)
        {
            JsonElement value = _json.GetProperty(key);
            return value.ValueKind == JsonValueKind.Array ? value[index].GetDouble() : value.GetDouble();
        }

        public double Widen(int stored) => IsWide && !File.Format.IsSigned ? (uint)stored : stored;

        public Npy? Array(string kind) => GoldenFolder.Files.Contains($"expected/{_name}/{kind}.npy") ? Npy.Read(GoldenFolder.Path($"expected/{_name}/{kind}.npy")) : null;

        public double[] Thin(double[] values) => Thin(values, File.Format.Channels);

        public double[] ThinPlane(double[] values) => Thin(values, 1);

        // "big": only every 4th row and column was saved.
        private double[] Thin(double[] values, int channels)
        {
            if (!Has("big"))
            {
                return values;
            }

            (int width, int height) = (File.Format.Width, File.Format.Height);
            return [.. values.Where((_, i) => i / channels % width % 4 == 0 && i / channels / width % height % 4 == 0)];
        }
    }
}
