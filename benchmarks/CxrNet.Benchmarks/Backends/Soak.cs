using System.Diagnostics;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks.Backends;

/// <summary>Many threads on one classifier: no failure, results equal to the serial ones bit for bit, resident memory flat.</summary>
internal static class Soak
{
    private const int Images = 16, Reports = 10;

    public static void Print(byte[] model, int threads, int count)
    {
        using OnnxClassifier classifier = OnnxClassifier.Load(model);
        GrayImage[] images = [.. Enumerable.Range(1, Images).Select(static seed => ChestPhantom.Create(new PhantomOptions { Seed = seed, Width = 200 + (7 * seed), Height = 260 }).Image)];
        CxrPrediction[] serial = [.. images.Select(i => classifier.Classify(i))];
        int next = 0, failures = 0, different = 0, reported = 0;
        double warm = 0;
        long started = Stopwatch.GetTimestamp();
        Lock gate = new();

        // What waits for the collector is no leak: each report collects first, and so sees what is held.
        void Report(int done)
        {
            lock (gate)
            {
                GC.Collect();
                double resident = Environment.WorkingSet / 1e6;
                warm = reported == 1 ? resident : warm;
                reported++;
                Console.WriteLine($"{done,7} images  {Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.0} s  resident {resident,7:0.0} MB  managed {GC.GetTotalMemory(false) / 1e6,6:0.0} MB  {failures} failures  {different} different");
            }
        }

        void Work()
        {
            for (int n = Interlocked.Increment(ref next); n <= count; n = Interlocked.Increment(ref next))
            {
                try
                {
                    if (!Same(serial[n % Images], classifier.Classify(images[n % Images])))
                    {
                        Interlocked.Increment(ref different);
                    }
                }
                catch (CxrModelException e)
                {
                    Console.WriteLine(e.Message);
                    Interlocked.Increment(ref failures);
                }

                if (n % Math.Max(1, count / Reports) == 0)
                {
                    Report(n);
                }
            }
        }

        Console.WriteLine($"{classifier.Card.Id}, {threads} threads, {count} images, batch 1; the first tenth is warm-up.");
        Report(0);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work))];
        Array.ForEach(workers, static t => t.Start());
        Array.ForEach(workers, static t => t.Join());
        double end = Environment.WorkingSet / 1e6;
        Console.WriteLine($"{failures} failures, {different} results that differ from the serial ones; resident {warm:0.0} MB after warm-up, {end:0.0} MB at the end ({100 * (end - warm) / warm:+0.0;-0.0} %).");
    }

    private static bool Same(CxrPrediction serial, CxrPrediction found) =>
        serial.Logits.SequenceEqual(found.Logits) && serial.Map!.Values.SequenceEqual(found.Map!.Values);
}
