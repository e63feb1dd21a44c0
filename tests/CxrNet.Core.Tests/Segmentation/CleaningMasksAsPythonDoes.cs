using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxrNet.TestData;

namespace CxrNet.Core.Tests.Segmentation;

/// <summary>Walks the manifest of golden/segpost; everything is exact.</summary>
[Trait("Category", "golden")]
public sealed partial class CleaningMasksAsPythonDoes
{
    public static TheoryData<string> Manifest => GoldenManifest.Files("segpost");

    [Theory, MemberData(nameof(Manifest))]
    public void EveryPixelIsTheSame(string file)
    {
        string path = GoldenManifest.Locate("segpost", file);
        if (file == "expected.json")
        {
            CompareFigures(path);
            return;
        }

        Npy expected = Npy.Read(path);
        Case given = Case.Read(Path.GetDirectoryName(path)!);
        Assert.Equal([given.Height, given.Width], expected.Shape);
        if (Path.GetFileName(file) == "prob.npy")
        {
            return;
        }

        Assert.Equal(expected.Values.Select(v => (int)v), Compute(Path.GetFileNameWithoutExtension(file), given));
    }

    private static int[] Compute(string name, Case given)
    {
        (int width, int height) = (given.Width, given.Height);
        byte[] mask = given.Mask, result = new byte[mask.Length];
        Match numbers = Numbers().Match(name);
        int number = numbers.Success ? int.Parse(numbers.Value, CultureInfo.InvariantCulture) : 0;
        switch (NumbersAfterLess().Replace(name, "_ltN"))
        {
            case "threshold_ge_0.5":
                result = mask;
                break;
            case "threshold_gt_0.5":
                MaskThreshold.Apply(given.Probabilities, MathF.BitIncrement(0.5f), result);
                break;
            case "labels_4conn":
            case "labels_8conn":
                int[] labels = new int[mask.Length];
                ConnectedComponents.Label(mask, width, height, name == "labels_4conn" ? Connectivity.Four : Connectivity.Eight, labels);
                return labels;
            case "largest2_4conn":
                LargestComponents.Keep(mask, width, height, 2, Connectivity.Four, result);
                break;
            case "largest2_8conn":
                LargestComponents.Keep(mask, width, height, 2, Connectivity.Eight, result);
                break;
            case "largest2_then_fill_holes":
                LungMask cleaned = new LungMask(width, height, given.Probabilities).Clean();
                MaskThreshold.Apply(cleaned.Probabilities, cleaned.Threshold, result);
                break;
            case "fill_holes":
                HoleFilling.Fill(mask, width, height, Connectivity.Four, result);
                break;
            case "fill_holes_8conn_background":
                HoleFilling.Fill(mask, width, height, Connectivity.Eight, result);
                break;
            case "remove_small_objects_ltN_8conn":
                SmallParts.Remove(mask, width, height, number, Connectivity.Eight, result);
                break;
            case "remove_small_holes_ltN":
                SmallParts.FillHoles(mask, width, height, number, Connectivity.Four, result);
                break;
            case "opening_cross":
                Morphology.Open(mask, width, height, result);
                break;
            case "closing_cross":
                Morphology.Close(mask, width, height, result);
                break;
            case "erosion_cross":
                Morphology.Erode(mask, width, height, result);
                break;
            case "dilation_cross":
                Morphology.Dilate(mask, width, height, result);
                break;
            default:
                throw new NotSupportedException($"'{name}': no rule of this test knows that file.");
        }

        return [.. result.Select(v => (int)v)];
    }

    private static void CompareFigures(string path)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonProperty entry in json.RootElement.EnumerateObject())
        {
            string folder = Path.Combine(Path.GetDirectoryName(path)!, entry.Name);
            Assert.True(Directory.Exists(folder), $"expected.json has figures of '{entry.Name}', which is no folder.");
            Case given = Case.Read(folder);
            foreach (JsonProperty figure in entry.Value.EnumerateObject())
            {
                CompareFigure(given, figure.Name, figure.Value);
            }
        }
    }

    private static void CompareFigure(Case given, string name, JsonElement expected)
    {
        byte[] cleaned = [.. Compute("largest2_then_fill_holes", given).Select(v => (byte)v)];
        switch (name)
        {
            case "areas_4conn":
            case "areas_8conn":
                Assert.Equal(Ints(expected), AreasOf(Compute($"labels_{name[^5..]}", given)));
                break;
            case "kept_labels_4conn":
            case "kept_labels_8conn":
                int[] kept = Compute($"largest2_{name[^5..]}", given), labels = Compute($"labels_{name[^5..]}", given);
                Assert.Equal(Ints(expected).Order(), labels.Where((_, i) => kept[i] == 1).Distinct().Order());
                break;
            case "ge_pixels":
                Assert.Equal(expected.GetInt32(), given.Mask.Count(v => v == 1));
                break;
            case "gt_pixels":
                Assert.Equal(expected.GetInt32(), Compute("threshold_gt_0.5", given).Sum());
                break;
            case "lung_bbox_rowmin_colmin_rowmax_colmax_exclusive":
                PixelRegion? box = MaskBounds.Of(cleaned, given.Width, given.Height);
                Assert.Equal(expected.ValueKind == JsonValueKind.Null ? null : Ints(expected), box is { } b ? [b.Y, b.X, b.Y + b.Height, b.X + b.Width] : null);
                break;
            case "components_after":
                CompareComponents(cleaned, given, [.. expected.EnumerateArray()]);
                break;
            default:
                throw new NotSupportedException($"'{name}': no rule of this test knows that figure.");
        }
    }

    private static void CompareComponents(byte[] mask, Case given, JsonElement[] expected)
    {
        int[] labels = new int[mask.Length];
        Assert.Equal(expected.Length, ConnectedComponents.Label(mask, given.Width, given.Height, Connectivity.Eight, labels));
        for (int label = 1; label <= expected.Length; label++)
        {
            byte[] part = [.. labels.Select(l => l == label ? (byte)1 : (byte)0)];
            PixelRegion box = MaskBounds.Of(part, given.Width, given.Height)!.Value;
            Assert.Equal(expected[label - 1].GetProperty("area").GetInt32(), part.Count(v => v == 1));
            Assert.Equal(Ints(expected[label - 1].GetProperty("bbox")), new[] { box.Y, box.X, box.Y + box.Height, box.X + box.Width });
        }
    }

    private static IEnumerable<int> AreasOf(int[] labels)
    {
        int[] areas = new int[labels.Max() + 1];
        ConnectedComponents.Areas(labels, areas);
        return areas.Skip(1);
    }

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetInt32())];

    [GeneratedRegex("(?<=_lt)[0-9]+")]
    private static partial Regex Numbers();

    [GeneratedRegex("_lt[0-9]+")]
    private static partial Regex NumbersAfterLess();

    private sealed record Case(int Width, int Height, float[] Probabilities)
    {
        public byte[] Mask
        {
            get
            {
                byte[] mask = new byte[Probabilities.Length];
                MaskThreshold.Apply(Probabilities, 0.5f, mask);
                return mask;
            }
        }

        public static Case Read(string folder)
        {
            Npy npy = Npy.Read(Path.Combine(folder, "prob.npy"));
            return new Case(npy.Shape[1], npy.Shape[0], npy.Floats);
        }
    }
}
