using System.Diagnostics;
using CxrNet.Models;
using CxrNet.Onnx;
using CxrNet.Torch;

namespace CxrNet.Benchmarks.Backends;

/// <summary>How long after a cancellation a running batch returns: both engines look between two layers.</summary>
internal static class StopLatency
{
    // The greatest that the default options run in one pass; more images are several passes.
    private static readonly int Batch = Math.Max(OnnxOptions.Default.MaxBatch, TorchOptions.Default.MaxBatch);

    public static void Print(int calls)
    {
        byte[] model = BundledModels.CxrNetS.ReadAllBytes();
        using (OnnxClassifier classifier = OnnxClassifier.Load(model, new OnnxOptions { MaxBatch = Batch }))
        {
            Print("ONNX Runtime", classifier, calls);
        }

        if (Availability.ReasonAgainst("torch") is { } reason)
        {
            Console.WriteLine($"libtorch: left out, {reason}");
            return;
        }

        using TorchClassifier other = TorchClassifier.Load(model, new TorchOptions { MaxBatch = Batch, Threads = BenchmarkScale.MostThreads });
        Print("libtorch", other, calls);
    }

    private static void Print(string engine, ICxrClassifier classifier, int calls)
    {
        GrayImage[] images = [.. Enumerable.Range(1, Batch).Select(static seed => ChestPhantom.Create(new PhantomOptions { Seed = seed, Width = 192, Height = 192 }).Image)];
        long started = Stopwatch.GetTimestamp();
        classifier.Classify(images);
        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        List<double> waits = [];
        for (int n = 0; n < calls; n++)
        {
            using CancellationTokenSource source = new();
            Task call = Task.Run(() => classifier.Classify(images, source.Token));

            // At another moment of the pass each time.
            Thread.Sleep(whole * ((n + 0.5) / calls));
            long cancelled = Stopwatch.GetTimestamp();
            source.Cancel();
            try
            {
                call.Wait();
            }
            catch (AggregateException e) when (e.InnerException is OperationCanceledException)
            {
                waits.Add(Stopwatch.GetElapsedTime(cancelled).TotalMilliseconds);
            }
        }

        waits.Sort();
        Console.WriteLine($"{engine}: a batch of {Batch} takes {whole.TotalMilliseconds:0} ms; {waits.Count} of {calls} calls were stopped in time to see it: {waits.ElementAtOrDefault(waits.Count / 2):0.0} ms after the cancellation in the median, {waits.LastOrDefault():0.0} ms at most.");
    }
}
