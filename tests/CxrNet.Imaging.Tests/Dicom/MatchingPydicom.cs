using System.Text.Json;
using CxrNet.Imaging.Dicom;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests.Dicom;

/// <summary>golden/dicom: stored and modality values, grey levels, colour and overlays against pydicom, gdcm and dcmtk; tolerances as its README states them.</summary>
[Trait("Category", "golden")]
public sealed class MatchingPydicom
{
    public static TheoryData<string> Names => GoldenFolder.Names("files/");

    /// <summary>Every array that the manifest lists: a file that no rule knows is an error, not a file passed over.</summary>
    public static TheoryData<string> Arrays => GoldenFolder.Files.Where(f => f.StartsWith("expected/", StringComparison.Ordinal)).ToArray() is { Length: > 0 } files ? [.. files] : [""];

    [Theory, MemberData(nameof(Arrays))]
    public void EveryExpectedArrayIsMet(string file)
    {
        Npy expected = Npy.Read(GoldenFolder.Path(file));
        Golden golden = new(file.Split('/')[1]);
        switch (file.Split('/')[2])
        {
            case "stored.npy":
                StoredValuesAreExact(golden, expected);
                break;
            case "modality.npy":
                ModalityValuesAreExact(golden, expected);
                break;
            case "display8.npy":
                GreyLevelsAreTheViewers(golden, expected);
                break;
            case "rgb.npy":
                ColourIsExactToRounding(golden, expected);
                break;
            case "overlay.npy":
                OverlayIsExact(golden, expected);
                break;
            default:
                throw new NotSupportedException($"'{file}': no rule of this test knows that file.");
        }
    }

    private static void StoredValuesAreExact(Golden golden, Npy stored)
    {
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

    private static void ModalityValuesAreExact(Golden golden, Npy modality)
    {
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

    private static void GreyLevelsAreTheViewers(Golden golden, Npy display8)
    {
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

    private static void ColourIsExactToRounding(Golden golden, Npy rgb)
    {
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

    private static void OverlayIsExact(Golden golden, Npy overlay)
    {
        DicomOverlay read = Assert.Single(golden.File.Overlays);
        Assert.Equal(overlay.Values, read.Bits.ToArray().Select(b => (double)b));
        Assert.Contains(golden.File.Info.Warnings, w => w.Contains("overlay", StringComparison.Ordinal));
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

        // Each .dcm has its grey levels or its colours; each array of a broken file is named by broken.json; and the test cases add up to the manifest.
        Assert.All(expected.EnumerateObject(), e => Assert.Contains(GoldenFolder.Files, f => f == $"expected/{e.Name}/display8.npy" || f == $"expected/{e.Name}/rgb.npy"));
        string[] partial = [.. GoldenFolder.Json("broken.json").EnumerateObject().Select(e => e.Value.TryGetProperty("partial_file", out JsonElement file) ? file.GetString()! : "").Where(f => f.Length > 0)];
        Assert.Equal(GoldenFolder.Files.Where(f => f.StartsWith("expected_broken/", StringComparison.Ordinal)).Order(StringComparer.Ordinal), partial.Distinct().Order(StringComparer.Ordinal));
        int texts = GoldenFolder.Files.Count(f => !f.Contains('/', StringComparison.Ordinal));
        int walked = Arrays.Count + Names.Count + GoldenFolder.Names("broken/").Count + partial.Distinct().Count() + texts;
        Assert.Equal(GoldenFolder.Files.Count, walked);
        TestContext.Current.TestOutputHelper?.WriteLine($"golden/dicom: {walked} files, {Arrays.Count} of them expected arrays, {Arrays.Count(row => row.Data.EndsWith("display8.npy", StringComparison.Ordinal))} of these grey levels.");
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
