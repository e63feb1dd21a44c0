using CxrNet.Benchmarks.EndToEnd;
using CxrNet.Benchmarks.Measuring;
using CxrNet.Benchmarks.Peers;
using CxrNet.Benchmarks.Reporting;
using CxrNet.Imaging;
using CxrNet.Onnx;
using static CxrNet.Benchmarks.Reporting.ResultFiles;

namespace CxrNet.Benchmarks.Claims;

/// <summary>Every figure that must hold, by name: its goal, what was measured, whether it is met. All are ratios of contenders timed in turn in this run.</summary>
internal static class ClaimTable
{
    public const string Table = "claims";
    public const string Latency = "latency";

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(BenchmarkScale.Of(8, 40));

    public static void Run()
    {
        PeerFiles.Write();
        PreprocessingThreads.Maximum = BenchmarkScale.MostThreads;
        List<Claim> claims = [.. FromFile(), .. OfTheMap(), .. OfTheLibrary(1), .. OfTheLibrary(8), Allocated(), .. OfInt8(), Streaming(), ColdStart()];
        Write(new ResultTable(
            Table,
            "What must hold",
            $"Ratios of medians of rounds, contenders in turn, {BenchmarkScale.MostThreads} thread(s) each; quartiles of the rounds beside them.",
            ["figure", "goal", "measured", "spread", "verdict"],
            [.. claims.Select(static c => new[] { c.Name, $"{(c.AtLeast ? "≥" : "≤")} {F(c.Goal, "0.##")}{c.Unit}", double.IsNaN(c.Measured) ? "-" : F(c.Measured) + c.Unit, c.Spread, c.Verdict })]));
    }

    private static List<Claim> FromFile()
    {
        int threads = BenchmarkScale.MostThreads;
        using StraightforwardProgram program = new(threads);
        using OnnxClassifier classifier = OnnxClassifier.Load(BenchmarkModel.Bytes, new OnnxOptions { IntraOpThreads = threads });
        using ScriptPeer? python = ScriptPeer.Start("python", threads);
        CxrPrediction Analyze() => classifier.Classify(GrayConversion.ToGray(RadiographDecoder.Default.Decode(Film.Jpeg)));
        float[] expected = program.Analyze(Film.Jpeg).Logits;
        Agreement.Require("The library from a JPEG", [.. Analyze().Logits], expected);
        List<Contender> contenders = [Contender.Of("CxrNet", () => Analyze()), Contender.Of("straightforward C#", () => program.Analyze(Film.Jpeg))];
        foreach ((string work, string name, float tolerance) in ((string, string, float)[])[("lean", "Python: PIL, PyTorch", 0.1f), ("xrv", "Python: skimage, PyTorch", 0.3f)])
        {
            // Another resize (8 bits between the steps, a Gaussian before it) gives other numbers; far off would be another network.
            if (python is not null && Try(() => Agreement.Require(name, python.Ask(work).Logits, expected, tolerance), name))
            {
                contenders.Add(new Contender(name, () => python.Ask(work).Milliseconds));
            }
        }

        Timing[] times = Interleaved.Measure(contenders, 2 * Each, 60, TimeSpan.FromMilliseconds(20));
        Write(new ResultTable(
            Latency,
            "From the bytes of a JPEG to scores and map",
            $"{Film.Side} x {Film.Side}, {threads} thread(s) each, in turn with 20 ms between them, {times[0].Milliseconds.Length} rounds; ms.{(python is null ? "" : $" {python.Versions}.")}",
            ["program", "5 %", "25 %", "50 %", "75 %", "95 %", "img/s"],
            [.. times.Select(static t => new[] { t.Name, F(t.At(0.05)), F(t.At(0.25)), F(t.Median), F(t.At(0.75)), F(t.At(0.95)), F(1000 / t.Median, "0.0") })]));
        return
        [
            Faster("From a 2373 x 2373 JPEG: speed against the straightforward C# program", 2, times, "straightforward C#"),
            Faster("From a 2373 x 2373 JPEG: speed against the torchxrayvision-style Python pipeline", 6, times, "Python: skimage, PyTorch"),
            Faster("From a 2373 x 2373 JPEG: speed against the leanest Python pipeline", 2, times, "Python: PIL, PyTorch"),
        ];
    }

    private static IEnumerable<Claim> OfTheMap()
    {
        using LibraryPeer with = LibraryPeers.Onnx(1, BenchmarkScale.MostThreads), without = LibraryPeers.Onnx(1, BenchmarkScale.MostThreads, withMap: false);
        Timing[] times = Interleaved.Measure([new("with", with.Run), new("without", without.Run)], Each, 400);
        yield return Of("Classify with its map against Classify without", 1.05, times[0].Over(times[1]));
    }

    private static IEnumerable<Claim> OfTheLibrary(int batch)
    {
        using LibraryPeer library = LibraryPeers.Onnx(batch, BenchmarkScale.MostThreads);
        using BareSession bare = new(BenchmarkModel.Bytes, batch, BenchmarkScale.MostThreads);
        Timing[] times = Interleaved.Measure([new("library", library.Run), new("bare", bare.Run)], Each, 400);
        yield return Of($"Classify, batch {batch}, against a bare session on ready tensors", 1.05, times[0].Over(times[1]));
    }

    private static Claim Allocated()
    {
        const int Calls = 50;
        using LibraryPeer library = LibraryPeers.Onnx(8, 1, withMap: false);
        library.Run();
        library.Run();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Calls; i++)
        {
            library.RunOnce();
        }

        return new Claim("Classify, batch 8, map not read out: bytes allocated an image", 4096, false, " B", (GC.GetTotalAllocatedBytes(precise: true) - before) / (8.0 * Calls), "whole process");
    }

    private static IEnumerable<Claim> OfInt8()
    {
        const string Name = "int8 against fp32, batch 8: images a second";
        if (Availability.ReasonAgainst("int8") is { } reason)
        {
            yield return new Claim(Name, 1.8, true, " x", double.NaN, reason);
            yield break;
        }

        using LibraryPeer single = LibraryPeers.Onnx(8, BenchmarkScale.MostThreads), bytes = LibraryPeers.Int8(8, BenchmarkScale.MostThreads);
        Timing[] times = Interleaved.Measure([new("fp32", single.Run), new("int8", bytes.Run)], Each, 400);
        yield return Of(Name, 1.8, times[0].Over(times[1]), atLeast: true);
    }

    // Last but one: it leaves the preprocessing on one thread, as each stage of the stream has it.
    private static Claim Streaming()
    {
        EndToEnd.Streaming stages = new() { Files = JpegFolder.All[^1] };
        stages.Setup();
        Timing[] times = Interleaved.Measure(
            [
                new("streamed", () => Stopwatched.Time(() => stages.Streamed().GetAwaiter().GetResult())),
                new("decoding", () => Stopwatched.Time(() => stages.DecodingAlone())),
                new("classifying", () => Stopwatched.Time(() => stages.ClassifyingAlone())),
            ],
            Each);
        stages.Cleanup();
        Timing slower = times[1].Median > times[2].Median ? times[1] : times[2];
        return Of($"Streaming {stages.Files}: share of the slower of its two stages alone ({slower.Name})", 0.9, slower.Over(times[0]), atLeast: true);
    }

    private static Claim ColdStart()
    {
        const string Name = "Cold start to the first result against Python's with PyTorch";
        ResultTable? table = Read(CxrNet.Benchmarks.ColdStart.WholeProcesses.Table);
        string[]? own = table?.Rows.FirstOrDefault(static r => r[0] == CxrNet.Benchmarks.ColdStart.WholeProcesses.Own), python = table?.Rows.FirstOrDefault(static r => r[0].StartsWith("Python", StringComparison.Ordinal));
        return own is null || python is null
            ? new Claim(Name, 0.5, false, " x", double.NaN, "no figure of both in the table of the cold start")
            : new Claim(Name, 0.5, false, " x", table!.Number(own, "s") / table.Number(python, "s"), "medians of that table");
    }

    private static Claim Faster(string name, double goal, Timing[] times, string other) =>
        Array.Find(times, t => t.Name == other) is { } slower
            ? Of(name, goal, slower.Over(times[0]), atLeast: true)
            : new Claim(name, goal, true, " x", double.NaN, "this peer does not run here");

    private static Claim Of(string name, double goal, Ratio ratio, bool atLeast = false) =>
        new(name, goal, atLeast, " x", ratio.Median, $"{F(ratio.Low)} … {F(ratio.High)}, {ratio.Rounds} rounds");

    private static bool Try(Action work, string name)
    {
        try
        {
            work();
            return true;
        }
        catch (InvalidDataException e)
        {
            Skips.Add(name, e.Message);
            return false;
        }
    }
}
