using System.Diagnostics;

namespace CxrNet.Cli;

/// <summary>The same batches through every backend in turn, so that noise of the machine meets all alike; the first batch is run once before, untimed.</summary>
internal sealed class CompareJob(CompareRequest request, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        CompareImages images = new(request, error);
        List<Side> sides = [];
        try
        {
            foreach (BackendSpec spec in request.Backends)
            {
                sides.Add(new Side(spec, (request.Model with { Backend = spec.Engine, File = spec.File }).Load()));
            }

            (Side First, Side Second, ParityTally Tally)[] pairs = [.. sides.SelectMany((a, i) => sides.Skip(i + 1).Select(b => (a, b, new ParityTally())))];
            int done = 0;
            using ProgressLine progress = new(error, "compared", images.Count);
            await foreach (GrayImage[] batch in images.InBatches(cancellationToken))
            {
                Run(sides, batch, done == 0, cancellationToken);
                foreach ((Side first, Side second, ParityTally tally) in pairs)
                {
                    tally.Add(first.Latest, second.Latest);
                }

                progress.Report(done += batch.Length);
            }

            if (done == 0)
            {
                throw new InvalidDataException($"None of the {images.Count} images could be read.");
            }

            return Write(sides, [.. pairs.Select(p => (p.First, p.Second, p.Tally.ToParity()))], done) || images.Failed > 0 ? 1 : 0;
        }
        finally
        {
            sides.ForEach(static s => s.Classifier.Dispose());
        }
    }

    private static void Run(List<Side> sides, GrayImage[] batch, bool warmUp, CancellationToken cancellationToken)
    {
        if (batch.Length == 0)
        {
            sides.ForEach(static s => s.Latest = []);
            return;
        }

        foreach (Side side in sides)
        {
            if (warmUp)
            {
                side.Classifier.Classify(batch, cancellationToken);
            }

            long started = Stopwatch.GetTimestamp();
            side.Latest = side.Classifier.Classify(batch, cancellationToken);
            side.Elapsed += Stopwatch.GetElapsedTime(started);
        }

        // Nobody is always the first on a cold cache.
        sides.Add(sides[0]);
        sides.RemoveAt(0);
    }

    /// <summary>Prints the result; whether a pair exceeds what it is held to.</summary>
    private bool Write(List<Side> sides, (Side First, Side Second, ModelParity Parity)[] pairs, int images)
    {
        CompareLine line = new(
            images,
            request.Model.Batch,
            [.. request.Backends.Select(spec => sides.Single(s => s.Spec == spec)).Select(s => new BackendLine(s.Spec.Name, s.Classifier.Card.Id, (request.Model with { File = s.Spec.File }).Name, images / s.Elapsed.TotalSeconds))],
            [.. pairs.Select(p => PairLine.From(p.First.Spec.Name, p.Second.Spec.Name, p.Parity, request.Tolerances))]);
        if (request.Json)
        {
            output.WriteLine(JsonLines.Of(line));
        }
        else
        {
            CompareTable.Write(Terminal.On(output), line);
        }

        foreach (PairLine pair in line.Pairs.Where(static p => p.Exceeding is { Count: > 0 }))
        {
            error.WriteLine($"cxrnet: {pair.First} and {pair.Second} differ: {string.Join("; ", pair.Exceeding!)}.");
        }

        return line.Pairs.Any(static p => p.Exceeding is { Count: > 0 });
    }

    private sealed class Side(BackendSpec spec, ICxrClassifier classifier)
    {
        public BackendSpec Spec => spec;

        public ICxrClassifier Classifier => classifier;

        public TimeSpan Elapsed { get; set; }

        public IReadOnlyList<CxrPrediction> Latest { get; set; } = [];
    }
}
