using System.Collections.Frozen;
using CxrNet.Evaluation;

namespace CxrNet.Torch.Training;

/// <summary>Drawn chests beside the real ones, with the masks of their lungs and lesions.</summary>
/// <remarks>A network that never saw a drawing finds nothing in one; with a few among its images it can be asked where it saw the lesion, which is known exactly only there. Their seeds begin where no demonstration or evaluation looks.</remarks>
internal static class PhantomSet
{
    /// <summary>The source that drawn images are listed under.</summary>
    public const string Source = "phantom";

    private const int FirstSeed = 1_000_000;
    private const int Side = 256;

    /// <summary>Whether an image was drawn.</summary>
    public static bool Holds(ManifestEntry entry) => entry.Source == Source;

    /// <summary>What is drawn for each class.</summary>
    /// <exception cref="ArgumentException">There is none, or one cannot be drawn.</exception>
    public static PhantomClass[] ClassesOf(IReadOnlyList<string> classes) => classes.Count > 0
        ? [.. classes.Select(PhantomClasses.Parse)]
        : throw new ArgumentException("A set without classes, as for lungs, has none that could be drawn.", nameof(classes));

    /// <summary>The set with as many drawn images behind its own, one class after the other.</summary>
    /// <param name="set">The real images; not changed.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentException">The set's classes are not those that can be drawn.</exception>
    public static TrainingSet Add(TrainingSet set, int count)
    {
        PhantomClass[] classes = ClassesOf(set.Classes);
        TrainingSet.RequireRoom(set.Count + count, set.Side);
        int area = set.Side * set.Side;
        byte[] images = [.. set.Images, .. new byte[(long)count * area]], lungs = [.. set.Lungs, .. new byte[(long)count * area]];
        int[] labels = [.. set.Labels, .. Enumerable.Range(0, count).Select(i => i % classes.Length)];
        Dictionary<int, byte[]> lesions = set.Lesions.ToDictionary();
        float[] plane = new float[area];
        for (int i = 0; i < count; i++)
        {
            ChestPhantom phantom = ChestPhantom.Create(new PhantomOptions { Class = classes[i % classes.Length], Seed = FirstSeed + i, Width = Side, Height = Side });
            int start = (set.Count + i) * area;
            PlaneBytes.Resize(phantom.Image, set.Side, plane, images.AsSpan(start, area));
            PlaneBytes.Resize(new GrayImage(Side, Side, phantom.LungMask.Probabilities.ToArray()), set.Side, plane, lungs.AsSpan(start, area));
            if (phantom.Lesion.Contains(true))
            {
                byte[] lesion = lesions[set.Count + i] = new byte[area];
                PlaneBytes.Resize(new GrayImage(Side, Side, Array.ConvertAll(phantom.Lesion.ToArray(), static inside => inside ? 1f : 0f)), set.Side, plane, lesion);
            }
        }

        IEnumerable<ManifestEntry> drawn = Enumerable.Range(0, count).Select(i => new ManifestEntry($"phantom {FirstSeed + i}", set.Classes[i % classes.Length], "train") { Source = Source });
        return new TrainingSet(set.Side, set.Classes, images, lungs, labels, [.. set.Entries, .. drawn])
        {
            LogAspects = set.LogAspects.Length > 0 ? [.. set.LogAspects, .. new float[count]] : [],
            Handling = set.Handling,
            Lesions = lesions.ToFrozenDictionary(),
        };
    }
}
