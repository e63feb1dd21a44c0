using System.Globalization;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks;

/// <summary>How far the shipped model's probabilities move when its JPEGs come by the fast path: <c>DecodeTo(side)</c> against whole decoding.</summary>
internal static class Drift
{
    /// <summary>Prints a line for each set of files and each side.</summary>
    /// <param name="sides">The sides to decode to; the network's own, 224 and 448 where none is given.</param>
    public static void Print(IReadOnlyList<int> sides)
    {
        using Stream weights = BundledModels.CxrNetS.Open();
        using OnnxClassifier classifier = OnnxClassifier.Load(weights, name: BundledModels.CxrNetS.FileName);
        sides = sides.Count > 0 ? sides : [classifier.Card.Input.Width, 224, 448];
        Console.WriteLine($"{classifier.Card.Id}, input {classifier.Card.Input.Width} x {classifier.Card.Input.Height}; probabilities by RadiographDecoder.DecodeTo(side) against RadiographDecoder.Default");
        foreach ((string name, IReadOnlyList<string> files) in Sets())
        {
            foreach (int side in sides)
            {
                Print(name, files, side, classifier);
            }
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Files)> Sets()
    {
        if (BenchmarkData.Find("cls/manifest.csv", "drift over the test split") is { } manifest)
        {
            // File, label and split are the first three columns and hold no commas.
            string folder = Path.GetDirectoryName(manifest)!;
            yield return ("cls, test split", [.. File.ReadLines(manifest).Select(line => line.Split(',')).Where(cells => cells[2] == "test").Select(cells => Path.Combine(folder, cells[0])).Where(IsJpeg)]);
        }

        if (BenchmarkData.Find("originals", "drift over untouched radiographs") is { } originals)
        {
            yield return ("originals", [.. Directory.EnumerateFiles(originals).Where(IsJpeg).Order(StringComparer.Ordinal)]);
        }
    }

    private static void Print(string name, IReadOnlyList<string> files, int side, OnnxClassifier classifier)
    {
        RadiographDecoder fast = RadiographDecoder.DecodeTo(side);
        int reduced = 0, flips = 0, crossings = 0;
        double greatest = 0, sum = 0;
        foreach (string path in files)
        {
            DecodedImage whole = RadiographDecoder.Default.DecodeFile(path), small = fast.DecodeFile(path);
            if (small.Width == whole.Width)
            {
                continue;
            }

            reduced++;
            CxrPrediction a = classifier.Classify(GrayConversion.ToGray(whole)), b = classifier.Classify(GrayConversion.ToGray(small));
            double furthest = a.Findings.Zip(b.Findings, (x, y) => Math.Abs(x.Probability - y.Probability)).Max();
            greatest = Math.Max(greatest, furthest);
            sum += furthest;
            flips += a.Top.Name == b.Top.Name ? 0 : 1;
            crossings += a.Findings.Zip(b.Findings, (x, y) => x.IsPositive == y.IsPositive ? 0 : 1).Sum();
        }

        string figures = reduced == 0
            ? "none is large enough to be reduced: identical probabilities"
            : string.Create(CultureInfo.InvariantCulture, $"{reduced} reduced; furthest probability of an image: greatest {greatest:0.0000}, mean {sum / reduced:0.0000}; {flips} other top findings, {crossings} thresholds crossed");
        Console.WriteLine($"{name}, DecodeTo({side}): {files.Count} JPEGs, {figures}");
    }

    private static bool IsJpeg(string path) => Path.GetExtension(path) is ".jpg" or ".jpeg";
}
