using System.Diagnostics;
using CxrNet.Benchmarks.Peers;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks.Backends;

/// <summary>The comparison of <see cref="LibraryOverhead"/> call by call in turns, for a machine that is busy with something else: the least time of each side is what its work takes.</summary>
internal static class InterleavedOverhead
{
    public static void Print(int calls)
    {
        Console.WriteLine($"{calls} calls of each in turns; milliseconds, least and median; bytes allocated per image.");
        foreach (int side in (int[])[192, 1024])
        {
            foreach (int batch in (int[])[1, 8])
            {
                Compare(side, batch, calls);
            }
        }
    }

    private static void Compare(int side, int batch, int calls)
    {
        GrayImage[] images = [.. Enumerable.Range(1, batch).Select(seed => ChestPhantom.Create(new PhantomOptions { Seed = seed, Width = side, Height = side }).Image)];
        using BareSession bare = new(BenchmarkModel.Bytes, batch, threads: 0);
        using OnnxClassifier withMap = OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes());
        using OnnxClassifier withoutMap = OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), new OnnxOptions { ReadMap = false });
        (string Name, Action Call)[] sides = [("bare session", bare.RunOnce), ("Classify", () => withMap.Classify(images)), ("without the map", () => withoutMap.Classify(images))];
        double[][] times = [.. sides.Select(_ => new double[calls])];
        long[] bytes = new long[sides.Length];
        for (int n = -3; n < calls; n++)
        {
            for (int s = 0; s < sides.Length; s++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread(), started = Stopwatch.GetTimestamp();
                sides[s].Call();
                if (n >= 0)
                {
                    times[s][n] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                    bytes[s] += GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }
        }

        for (int s = 0; s < sides.Length; s++)
        {
            Array.Sort(times[s]);
            Console.WriteLine($"{side,5} x {side,-5} batch {batch}  {sides[s].Name,-16} {times[s][0],8:0.00} {times[s][calls / 2],8:0.00}  ratio {times[s][0] / times[0][0]:0.000} {times[s][calls / 2] / times[0][calls / 2]:0.000}  {(double)bytes[s] / calls / batch,10:0} B");
        }
    }
}
