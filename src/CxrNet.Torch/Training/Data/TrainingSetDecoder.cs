using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.ExceptionServices;
using CxrNet.Evaluation;

namespace CxrNet.Torch.Training;

/// <summary>Decodes the rows of a manifest, several at once, into the planes of a set.</summary>
internal sealed class TrainingSetDecoder(IReadOnlyList<ManifestEntry> entries, IReadOnlyList<string> classes, int side, LungViewReader reader)
{
    private readonly int _area = side * side;
    private readonly byte[] _images = new byte[entries.Count * side * side];
    private readonly byte[] _lungs = new byte[entries.Count * side * side];
    private readonly int[] _labels = new int[entries.Count];
    private readonly float[] _aspects = new float[entries.Count];
    private readonly ConcurrentDictionary<int, byte[]> _lesions = [];

    /// <exception cref="InvalidDataException">A file is no image, or its label is none of the classes; the message names the file.</exception>
    public TrainingSet Decode(int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        ConcurrentQueue<Exception> wrong = [];
        Parallel.For(0, entries.Count, options, (i, loop) =>
        {
            try
            {
                Decode(i);
                progress?.Report(Interlocked.Increment(ref done));
            }
            catch (Exception e)
            {
                // One of them says enough; Parallel.For would wrap it into an AggregateException.
                wrong.Enqueue(e);
                loop.Stop();
            }
        });
        if (wrong.TryDequeue(out Exception? first))
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return new TrainingSet(side, classes, _images, _lungs, _labels, entries) { LogAspects = _aspects, Handling = reader.Handling, Lesions = _lesions.ToFrozenDictionary() };
    }

    private void Decode(int row)
    {
        // Where there are no classes, as for lungs, labels do not matter.
        _labels[row] = classes.Count == 0 ? 0 : IndexOf(entries[row]);
        (_aspects[row], byte[]? lesions) = reader.Read(entries[row], _images.AsSpan(row * _area, _area), _lungs.AsSpan(row * _area, _area));
        if (lesions is not null)
        {
            _lesions[row] = lesions;
        }
    }

    private int IndexOf(ManifestEntry entry)
    {
        for (int c = 0; c < classes.Count; c++)
        {
            if (classes[c] == entry.Label)
            {
                return c;
            }
        }

        throw new InvalidDataException($"'{entry.File}' is labelled '{entry.Label}'; {string.Join(", ", classes)} expected.");
    }
}
