using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Drawn chests that a guard is to know as frontal radiographs, since the network learnt from such drawings and a demonstration shows one.</summary>
/// <remarks>Their seeds begin where no training, demonstration or evaluation looks.</remarks>
internal static class GuardPhantoms
{
    private const int FirstSeed = 2_000_000;
    private const int Batch = 8;

    /// <summary>What the guard sees of them, one finding after the other; none for a count of 0.</summary>
    /// <param name="classifier">Was loaded to keep features.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The model has a finding that cannot be drawn; the message lists those that can.</exception>
    public static IEnumerable<GuardSample> Draw(ICxrClassifier classifier, int count, CancellationToken cancellationToken)
    {
        PhantomClass[] classes = count == 0 ? [] : [.. classifier.Card.Findings.Select(static finding => PhantomClasses.Parse(finding.Name))];
        return Enumerable.Range(0, count)
            .Select(i => ChestPhantom.Create(new PhantomOptions { Class = classes[i % classes.Length], Seed = FirstSeed + i }).Image)
            .Chunk(Batch)
            .SelectMany(images => classifier.Classify(images, cancellationToken))
            .Select(static prediction => GuardSample.Of(prediction) with { Group = "phantom" });
    }
}
