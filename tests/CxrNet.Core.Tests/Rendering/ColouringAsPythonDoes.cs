using System.Globalization;
using System.Text.Json;
using CxrNet.TestData;

namespace CxrNet.Core.Tests.Rendering;

/// <summary>Walks the manifest of golden/color.</summary>
[Trait("Category", "golden")]
public sealed class ColouringAsPythonDoes
{
    public static TheoryData<string> Manifest => GoldenManifest.Files("color");

    [Theory, MemberData(nameof(Manifest))]
    public void TheColoursAreWithinOne(string file)
    {
        string path = GoldenManifest.Locate("color", file);
        string name = Path.GetFileNameWithoutExtension(file);
        if (file == "max_difference_opencv_matplotlib.json")
        {
            DifferencesAreAsStated(path);
            return;
        }

        if (file is "overlay/image_gray01.npy" or "overlay/map.npy")
        {
            Assert.Equal(2, Npy.Read(path).Shape.Length);
            return;
        }

        ReadOnlySpan<byte> actual = file.StartsWith("overlay/show_cam_", StringComparison.Ordinal)
            ? ShowCam(name, path).Rgb
            : MapOf(name).Rgb;
        double[] expected = Npy.Read(path).Values;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1.0);
        }
    }

    private static ColorMap MapOf(string name) => name.Split('_') switch
    {
        ["matplotlib", "jet"] => ColorMaps.JetMatplotlib,
        ["matplotlib", "hot"] => ColorMaps.HotMatplotlib,
        ["matplotlib" or "opencv", string map] => ColorMaps.ByName(map),
        _ => throw new NotSupportedException($"'{name}': no rule of this test knows that file."),
    };

    private static RgbImage ShowCam(string name, string path)
    {
        string[] parts = name["show_cam_".Length..].Split("_weight");
        string folder = Path.GetDirectoryName(path)!;
        Npy image = Npy.Read(Path.Combine(folder, "image_gray01.npy")), map = Npy.Read(Path.Combine(folder, "map.npy"));
        (int height, int width) = (image.Shape[0], image.Shape[1]);
        return CamOverlay.Blend(new GrayImage(width, height, image.Floats), new Heatmap(width, height, map.Floats, width, height), ColorMaps.ByName(parts[0]), float.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static void DifferencesAreAsStated(string path)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonProperty map in json.RootElement.EnumerateObject())
        {
            ReadOnlySpan<byte> opencv = MapOf($"opencv_{map.Name}").Rgb, matplotlib = MapOf($"matplotlib_{map.Name}").Rgb;
            int worst = 0;
            for (int i = 0; i < opencv.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs(opencv[i] - matplotlib[i]));
            }

            // Each table may be off by one.
            Assert.InRange(worst, map.Value.GetInt32() - 2, map.Value.GetInt32() + 2);
        }
    }
}
