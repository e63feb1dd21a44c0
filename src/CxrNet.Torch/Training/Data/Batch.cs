using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Some images of a set as tensors: grey 0 … 1, lungs 0 … 1, labels, how much each image, and its being healthy or not, counts, and whether it is a radiograph (1) or drawn (0).</summary>
internal readonly record struct Batch(Tensor Images, Tensor Lungs, Tensor Labels, Tensor Weights, Tensor HealthWeights, Tensor Radiographs)
{
    /// <summary>What teachers say of the images, [n, classes]; null without any.</summary>
    public Tensor? Taught { get; init; }

    /// <summary>[n, 1, S, S], 0 … 1, and 1 throughout where an image's lesions are not known; null where those of none are.</summary>
    public Tensor? Lesions { get; init; }

    /// <summary>Copies the rows out of the set's bytes: one memcpy an image, so the loader costs next to nothing.</summary>
    public static Batch Take(TrainingSet set, ReadOnlySpan<int> rows)
    {
        long[] labels = new long[rows.Length];
        float[] weights = new float[rows.Length];
        float[] health = new float[rows.Length];
        float[] radiographs = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = set.Labels[rows[i]];
            weights[i] = set.Weights.Length > 0 ? set.Weights[rows[i]] : 1;
            health[i] = set.HealthWeights.Length > 0 ? set.HealthWeights[rows[i]] : 1;
            radiographs[i] = PhantomSet.Holds(set.Entries[rows[i]]) ? 0 : 1;
        }

        return new Batch(Planes(set.Images, set.Side, rows), LungsOf(set, rows), tensor(labels), tensor(weights), tensor(health), tensor(radiographs))
        {
            Lesions = LesionsOf(set, rows),
        };
    }

    /// <summary>The lungs of some images alone, [n, 1, S, S].</summary>
    public static Tensor LungsOf(TrainingSet set, ReadOnlySpan<int> rows) => Planes(set.Lungs, set.Side, rows);

    /// <summary>The same images in another order.</summary>
    public Batch Select(Tensor order) =>
        new(Of(Images, order), Of(Lungs, order), Of(Labels, order), Of(Weights, order), Of(HealthWeights, order), Of(Radiographs, order))
        {
            Taught = Taught?.index_select(0, order),
            Lesions = Lesions?.index_select(0, order),
        };

    private static Tensor? LesionsOf(TrainingSet set, ReadOnlySpan<int> rows)
    {
        byte[] planes = [];
        int area = set.Side * set.Side;
        for (int i = 0; i < rows.Length; i++)
        {
            if (set.Lesions.TryGetValue(rows[i], out byte[]? known))
            {
                planes = planes.Length > 0 ? planes : [.. Enumerable.Repeat((byte)255, rows.Length * area)];
                known.CopyTo(planes, i * area);
            }
        }

        return planes.Length > 0 ? Planes(planes, set.Side, [.. Enumerable.Range(0, rows.Length)]) : null;
    }

    private static Tensor Of(Tensor all, Tensor order) => all.index_select(0, order);

    private static Tensor Planes(byte[] bytes, int side, ReadOnlySpan<int> rows)
    {
        int area = side * side;
        using Tensor stored = empty([rows.Length, 1, side, side], ScalarType.Byte);
        Span<byte> destination = stored.bytes;
        for (int i = 0; i < rows.Length; i++)
        {
            bytes.AsSpan(rows[i] * area, area).CopyTo(destination[(i * area)..]);
        }

        return stored.to(ScalarType.Float32).div_(255f);
    }
}
