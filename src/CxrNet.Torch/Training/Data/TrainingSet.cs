using System.Collections.Frozen;
using CxrNet.Evaluation;

namespace CxrNet.Torch.Training;

/// <summary>Images of a manifest at the network's resolution, decoded once, in parallel, and kept as bytes: 36 KB an image at 192 px, and as much for its lung mask.</summary>
public sealed class TrainingSet
{
    // A handful of images would be seen again and again.
    private const int LeastOfASource = 20;

    private (string Source, int[] Rows)[]? _sources;
    private int[]? _bodies;
    private TrainingSet? _smaller;
    private LungBox[]? _boxes;

    internal TrainingSet(int side, IReadOnlyList<string> classes, byte[] images, byte[] lungs, int[] labels, IReadOnlyList<ManifestEntry> entries)
    {
        (Side, Classes, Images, Lungs, Labels, Entries) = (side, classes, images, lungs, labels, entries);
    }

    /// <summary>Rows and columns of an image.</summary>
    public int Side { get; }

    /// <summary>The classes in the order of the labels.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>The class of each image.</summary>
    public int[] Labels { get; }

    /// <summary>The manifest's rows, in the same order.</summary>
    public IReadOnlyList<ManifestEntry> Entries { get; }

    /// <summary>What was done with the lungs when the images were loaded; null where nobody loaded them.</summary>
    internal LungHandling? Handling { get; init; }

    /// <summary>How much each image counts in a loss; empty where all count the same.</summary>
    internal float[] Weights { get; private set; } = [];

    /// <summary>How much "healthy or diseased" counts for each image; empty where it counts the same for all.</summary>
    internal float[] HealthWeights { get; private set; } = [];

    /// <summary>Logarithm of each image's columns against rows before it was stretched to a square; empty where all were square.</summary>
    internal float[] LogAspects { get; init; } = [];

    /// <summary>Where the lungs of the images lie; of those alone whose lungs are known.</summary>
    internal LungBox[] Boxes => _boxes ??= FramingExchange.BoxesOf(this);

    /// <summary>[n, side, side], 0 = black … 255 = white.</summary>
    internal byte[] Images { get; }

    /// <summary>[n, side, side], 0 or 255; all 255 where an image has no mask.</summary>
    internal byte[] Lungs { get; }

    /// <summary>[side, side] for the rows whose lesions are known and there, 0 … 255; of most sets none.</summary>
    internal IReadOnlyDictionary<int, byte[]> Lesions { get; init; } = FrozenDictionary<int, byte[]>.Empty;

    /// <summary>These images and as many drawn ones (<see cref="ChestPhantom"/>) behind them, which are listed under the source "phantom".</summary>
    /// <param name="count">How many; their seeds lie where no demonstration or evaluation looks.</param>
    /// <exception cref="ArgumentException">A class of the set cannot be drawn.</exception>
    public TrainingSet WithPhantoms(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count == 0 ? this : PhantomSet.Add(this, count);
    }

    /// <summary>Weighs the images by their groups, a class at a source.</summary>
    internal void Weigh(TrainingOptions options)
    {
        string[] sources = [.. Labels.Select((_, i) => SourceOf(i))];
        string[] origins = [.. sources.Select((source, i) => source + Remarks(i, options.SourceNotes))];
        // Smaller copies carry the weights of the training before.
        _smaller = null;
        Weights = GroupWeights.Of([.. Labels.Zip(origins)], options.GroupBalance);
        if (options.SingleSourceWeight < 1)
        {
            HealthWeights = Training.HealthWeights.Of(Labels, sources, HealthyIndex(options), options.SingleSourceWeight);
        }
    }

    /// <summary>The same images with fewer rows and columns; made once and kept.</summary>
    internal TrainingSet At(int side)
    {
        if (side >= Side)
        {
            return this;
        }

        if (_smaller?.Side != side)
        {
            _smaller = new TrainingSet(side, Classes, PlaneBytes.Resize(Images, Side, side), PlaneBytes.Resize(Lungs, Side, side), Labels, Entries) { Weights = Weights, HealthWeights = HealthWeights, LogAspects = LogAspects, Handling = Handling, Lesions = Lesions.ToFrozenDictionary(static one => one.Key, one => PlaneBytes.Resize(one.Value, Side, side)) };
        }

        return _smaller;
    }

    /// <summary>For each image a radiograph of another source, which is drawn first, so that small sources come as often as large ones; of any where there is no other.</summary>
    /// <remarks>Never a drawn chest: half of one, half of a radiograph, an image would be neither, and whoever asks which it is would be told wrong.</remarks>
    internal int[] DrawFromOtherSources(ReadOnlySpan<int> rows, Random random)
    {
        _bodies ??= [.. Enumerable.Range(0, Count).Where(row => !PhantomSet.Holds(Entries[row]))];
        _sources ??= [.. _bodies.GroupBy(SourceOf).OrderBy(static g => g.Key, StringComparer.Ordinal).Where(static g => g.Count() >= LeastOfASource).Select(static g => (g.Key, g.ToArray()))];
        int[] drawn = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            string own = SourceOf(rows[i]);
            int[][] others = [.. _sources.Where(s => s.Source != own).Select(static s => s.Rows)];
            if (others.Length == 0)
            {
                drawn[i] = _bodies.Length > 0 ? _bodies[random.Next(_bodies.Length)] : rows[i];
                continue;
            }

            int[] other = others[random.Next(others.Length)];
            drawn[i] = other[random.Next(other.Length)];
        }

        return drawn;
    }

    /// <summary>The index of the class that the options call healthy.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    internal int HealthyIndex(TrainingOptions options) => Training.HealthWeights.IndexOfHealthy(Classes, options);

    /// <summary>Decodes the images.</summary>
    /// <param name="entries">What to load.</param>
    /// <param name="classes">The classes in the order of the network's outputs; empty where labels do not matter, as for lungs.</param>
    /// <param name="side">Rows and columns; images are stretched with the antialiased bilinear filter, as the card's input says.</param>
    /// <param name="decoder">Reads the files.</param>
    /// <param name="threads">How many files are decoded at once.</param>
    /// <param name="lungs">Finds the lungs of the images that have no mask, and of all where <paramref name="handling"/> needs them; null for no such masks.</param>
    /// <param name="handling">What the network sees of an image: all of it, the lungs alone, or the box around them; <see cref="TrainingOptions.Lungs"/> must say the same. The same segmenter must find them when the network is used.</param>
    /// <param name="progress">Told the number of images that are done.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="ArgumentException">The handling asks for lungs and there is no segmenter, or there are more images than one array of 2 GiB holds (58 254 of 192 x 192).</exception>
    /// <exception cref="InvalidDataException">A file is no image, or its label is none of the classes; the message names the file.</exception>
    public static TrainingSet Load(IReadOnlyList<ManifestEntry> entries, IReadOnlyList<string> classes, int side, IRadiographDecoder decoder, int threads, ILungSegmenter? lungs = null, LungHandling handling = LungHandling.None, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        RequireRoom(entries.Count, side);
        return new TrainingSetDecoder(entries, classes, side, new LungViewReader(decoder, lungs, handling, side)).Decode(threads, progress, cancellationToken);
    }

    /// <summary>Refuses more images than one array can hold.</summary>
    internal static void RequireRoom(int count, int side)
    {
        long most = Array.MaxLength / ((long)side * side);
        if (count > most)
        {
            throw new ArgumentException($"{count} images of {side} x {side} pixels; a training set holds {most} at most: choose fewer, or a smaller side.", nameof(count));
        }
    }

    private string SourceOf(int row) => Entries[row].Source;

    private string Remarks(int row, IReadOnlyList<string> notes) =>
        string.Concat(notes.Where(note => Entries[row].Notes.Split(';').Contains(note)).Select(static note => ";" + note));
}
