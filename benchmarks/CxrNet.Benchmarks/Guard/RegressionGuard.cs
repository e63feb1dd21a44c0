using System.Text.Json;
using CxrNet.Benchmarks.EndToEnd;
using CxrNet.Benchmarks.Measuring;
using CxrNet.Benchmarks.Peers;
using CxrNet.Benchmarks.Stages;
using CxrNet.Imaging;
using CxrNet.Onnx;
using static CxrNet.Benchmarks.Reporting.ResultFiles;

namespace CxrNet.Benchmarks.Guard;

/// <summary>Fails where the library has become slower against yardsticks that run beside it: a bare session, a scalar loop, the straightforward program. Ratios alone are kept, never times.</summary>
/// <remarks>One thread each, contenders in turn, the quarter's time of many rounds of each: another process on the same cores changes that little. A ratio beyond its margin is measured twice more, and its best counts.</remarks>
internal static class RegressionGuard
{
    private const int Attempts = 3;
    private const int InputsATurn = 32;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(4);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string File => Path.Combine(SuiteFolder.Repository(), "benchmarks", "guard.json");

    /// <summary>Measures, compares, prints; the exit code.</summary>
    /// <param name="update">Keeps what was measured in place of comparing.</param>
    public static int Run(bool update)
    {
        PreprocessingThreads.Maximum = 1;
        Dictionary<string, double> kept = System.IO.File.Exists(File) ? JsonSerializer.Deserialize<Dictionary<string, double>>(System.IO.File.ReadAllText(File))! : [];
        SortedDictionary<string, double> measured = new(StringComparer.Ordinal);
        bool worse = false;
        foreach (GuardedRatio ratio in Ratios())
        {
            bool known = kept.TryGetValue(ratio.Name, out double before);
            double most = before * (1 + (ratio.MarginPercent / 100));
            List<double> attempts = [ratio.Measure()];
            while (attempts.Count < Attempts && (update || (known && attempts.Min() > most)))
            {
                attempts.Add(ratio.Measure());
            }

            // What is kept is the middle one: the best would be a goal that noise alone reaches.
            double result = update ? attempts.Order().ElementAt(attempts.Count / 2) : attempts.Min();
            measured[ratio.Name] = Math.Round(result, 4);
            bool grown = !update && (!known || result > most);
            worse |= grown;
            Console.WriteLine($"{(grown ? "WORSE" : "ok   ")} {F(result, "0.0000")}, kept {(known ? F(before, "0.0000") : "none")}, margin {F(ratio.MarginPercent, "0")} %: {ratio.Name}");
        }

        if (update)
        {
            System.IO.File.WriteAllText(File, JsonSerializer.Serialize(measured, Indented) + "\n");
        }

        return worse ? 1 : 0;
    }

    private static IEnumerable<GuardedRatio> Ratios()
    {
        yield return new("Classify, batch 1 / bare session", 20, static () => OverBare(1));
        yield return new("Classify, batch 8 / bare session", 20, static () => OverBare(8));
        yield return new("Classify with map / without", 15, MapOverNone);
        yield return new("5 megapixels of 8-bit samples to input / scalar loop", 60, static () => InputOverLoop(Plane.Gray8().Image));
        yield return new("5 megapixels of 16-bit samples to input / scalar loop", 60, static () => InputOverLoop(Plane.Gray16().Image));
        yield return new("JPEG to scores and map / straightforward program", 20, FileOverProgram);
    }

    private static double OverBare(int batch)
    {
        using LibraryPeer library = LibraryPeers.Onnx(batch, 1);
        using BareSession bare = new(BenchmarkModel.Bytes, batch, 1);
        return Quiet(new("", library.Run), new("", bare.Run));
    }

    private static double MapOverNone()
    {
        using LibraryPeer with = LibraryPeers.Onnx(1, 1), without = LibraryPeers.Onnx(1, 1, withMap: false);
        return Quiet(new("", with.Run), new("", without.Run));
    }

    private static double InputOverLoop(DecodedImage image)
    {
        CardInput input = new() { Width = 224, Height = 224 };
        float[] result = new float[224 * 224];

        // Several calls a turn: the loop has pushed the image out of the caches, and one call alone would measure how fast memory brings it back.
        return Quiet(Contender.Of("", Several), Contender.Of("", () => ScalarLoop.Run(image, result, 224, 224))) / InputsATurn;

        void Several()
        {
            for (int i = 0; i < InputsATurn; i++)
            {
                InputTensor.FromDecoded([image], input).Dispose();
            }
        }
    }

    private static double FileOverProgram()
    {
        using StraightforwardProgram program = new(1);
        using OnnxClassifier classifier = OnnxClassifier.Load(BenchmarkModel.Bytes, new OnnxOptions { IntraOpThreads = 1 });
        return Quiet(Contender.Of("", () => classifier.Classify(GrayConversion.ToGray(RadiographDecoder.Default.Decode(Film.Jpeg)))), Contender.Of("", () => program.Analyze(Film.Jpeg)));
    }

    private static double Quiet(Contender library, Contender yardstick) =>
        Interleaved.Measure([library, yardstick], Each) is [Timing first, Timing second] ? first.QuietOver(second) : double.NaN;
}
