using System.Numerics.Tensors;
using CxrNet.Evaluation;

namespace CxrNet.Torch.Training;

/// <summary>Images of a manifest at the network's resolution, decoded once, in parallel, and kept as bytes: 36 KB an image at 192 px, and as much for its lung mask.</summary>
public sealed class TrainingSet
{
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

    /// <summary>How much each image counts in a loss; empty where all count the same.</summary>
    internal float[] Weights { get; private set; } = [];

    /// <summary>How much "healthy or diseased" counts for each image; empty where it counts the same for all.</summary>
    internal float[] HealthWeights { get; private set; } = [];

    /// <summary>[n, side, side], 0 = black … 255 = white.</summary>
    internal byte[] Images { get; }

    /// <summary>[n, side, side], 0 or 255; all 255 where an image has no mask.</summary>
    internal byte[] Lungs { get; }

    /// <summary>Weighs the images by their groups, a class at a source.</summary>
    internal void Weigh(TrainingOptions options)
    {
        string[] sources = [.. Labels.Select((_, i) => i < Entries.Count ? Entries[i].Source : "")];
        Weights = GroupWeights.Of([.. Labels.Zip(sources)], options.GroupBalance);
        if (options.SingleSourceWeight < 1)
        {
            HealthWeights = Training.HealthWeights.Of(Labels, sources, HealthyIndex(options), options.SingleSourceWeight);
        }
    }

    /// <summary>The index of the class that the options call healthy.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    internal int HealthyIndex(TrainingOptions options) =>
        Classes.ToList().IndexOf(options.HealthyClass) is >= 0 and var index
            ? index
            : throw new ArgumentException($"No class is called '{options.HealthyClass}'; {string.Join(", ", Classes)} are there. Name the healthy one.", nameof(options));

    /// <summary>Gives the images that have no lung mask the one that a segmenter finds, two largest parts, holes filled.</summary>
    /// <param name="segmenter">Finds the lungs, at this set's resolution.</param>
    /// <param name="progress">Told the number of images that are done.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    public void FillLungs(ILungSegmenter segmenter, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        int area = Side * Side;
        for (int i = 0; i < Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Entries[i].LungMask is null)
            {
                float[] pixels = new float[area];
                TensorPrimitives.ConvertTruncating<byte, float>(Images.AsSpan(i * area, area), pixels);
                TensorPrimitives.Divide(pixels, 255f, pixels);
                LungMask mask = segmenter.Segment([new GrayImage(Side, Side, pixels)], cancellationToken)[0].Clean();
                for (int p = 0; p < area; p++)
                {
                    Lungs[(i * area) + p] = mask.Probabilities[p] >= mask.Threshold ? (byte)255 : (byte)0;
                }
            }

            progress?.Report(i + 1);
        }
    }

    /// <summary>Decodes the images.</summary>
    /// <param name="entries">What to load.</param>
    /// <param name="classes">The classes in the order of the network's outputs; empty where labels do not matter, as for lungs.</param>
    /// <param name="side">Rows and columns; images are stretched with the antialiased bilinear filter, as the card's input says.</param>
    /// <param name="decoder">Reads the files.</param>
    /// <param name="threads">How many files are decoded at once.</param>
    /// <param name="progress">Told the number of images that are done.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="InvalidDataException">A file is no image, or its label is none of the classes; the message names the file.</exception>
    public static TrainingSet Load(IReadOnlyList<ManifestEntry> entries, IReadOnlyList<string> classes, int side, IRadiographDecoder decoder, int threads, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        int area = side * side;
        byte[] images = new byte[(long)entries.Count * area];
        byte[] lungs = new byte[(long)entries.Count * area];
        int[] labels = new int[entries.Count];
        int done = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, entries.Count, options, i =>
        {
            ManifestEntry entry = entries[i];
            labels[i] = classes.Count == 0 ? 0 : IndexOf(classes, entry);
            Plane(entry.File, decoder, side, images.AsSpan(i * area, area));
            if (entry.LungMask is { } mask)
            {
                Plane(mask, decoder, side, lungs.AsSpan(i * area, area));
            }
            else
            {
                lungs.AsSpan(i * area, area).Fill(255);
            }

            progress?.Report(Interlocked.Increment(ref done));
        });
        return new TrainingSet(side, classes, images, lungs, labels, entries);
    }

    private static int IndexOf(IReadOnlyList<string> classes, ManifestEntry entry)
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

    private static void Plane(string file, IRadiographDecoder decoder, int side, Span<byte> destination)
    {
        GrayImage image;
        try
        {
            image = GrayConversion.ToGray(decoder.Decode(File.ReadAllBytes(file)));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{file}': {e.Message}", e);
        }

        float[] plane = new float[side * side];
        Resizer.Resize(image.Pixels, image.Width, image.Height, plane, side, side, ResizeFilter.Bilinear);
        for (int i = 0; i < plane.Length; i++)
        {
            destination[i] = (byte)Math.Clamp((plane[i] * 255f) + 0.5f, 0f, 255f);
        }
    }
}
