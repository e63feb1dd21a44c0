using System.Diagnostics;
using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>Every stage in turn, round after round, until the time is used up: noise of the machine meets all of them alike.</summary>
internal sealed class BenchJob(ModelChoice model, string? source, TimeSpan length, bool json, TextWriter output, TextWriter error)
{
    private const int LeastRounds = 3;

    public int Run(CancellationToken cancellationToken)
    {
        BenchImages images = BenchImages.Load(source, error);
        long started = Stopwatch.GetTimestamp();
        using ICxrClassifier classifier = model.Load();
        classifier.Classify([images.Decoded[0]], cancellationToken);
        TimeSpan first = Stopwatch.GetElapsedTime(started);

        int next = 0;
        int Next() => next++ % images.Files.Count;
        GrayImage[] Batch() => [.. Enumerable.Range(0, model.Batch).Select(_ => images.Decoded[Next()])];
        BenchStage[] stages =
        [
            new("decode", 1, () => GrayConversion.ToGray(RadiographDecoder.Default.Decode(images.Files[Next()]))),
            new("classify, one by one", 1, () => classifier.Classify([images.Decoded[Next()]], cancellationToken)),
            .. model.Batch > 1 ? [new BenchStage($"classify, {model.Batch} in a batch", model.Batch, () => classifier.Classify(Batch(), cancellationToken))] : Array.Empty<BenchStage>(),
            new("decode and classify", 1, () => classifier.Classify([GrayConversion.ToGray(RadiographDecoder.Default.Decode(images.Files[Next()]))], cancellationToken)),
        ];
        Measure(stages, cancellationToken);
        BenchLine line = new(
            model.Backend,
            classifier.Card.Id,
            model.Name,
            model.Threads,
            Environment.ProcessorCount,
            images.Files.Count,
            images.Decoded.Average(static i => (double)i.Width * i.Height / 1e6),
            first.TotalMilliseconds,
            [.. stages.Select(static s => s.ToLine())]);
        if (json)
        {
            output.WriteLine(JsonLines.Of(line));
        }
        else
        {
            BenchTable.Write(Terminal.On(output), line);
        }

        return images.Failed > 0 ? 1 : 0;
    }

    private void Measure(BenchStage[] stages, CancellationToken cancellationToken)
    {
        Array.ForEach(stages, static s => s.WarmUp());
        Stopwatch clock = Stopwatch.StartNew();
        for (int round = 0; round < LeastRounds || clock.Elapsed < length; round++)
        {
            for (int i = 0; i < stages.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                stages[(round + i) % stages.Length].RunOnce();
            }
        }
    }
}
