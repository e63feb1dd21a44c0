using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Draws for a batch.</summary>
internal static class RandomDraws
{
    /// <summary>Uniform in -most … most.</summary>
    public static double Uniform(this Random random, double most) => ((2 * random.NextDouble()) - 1) * most;

    /// <summary>One draw for each image, [count, 1, 1, 1].</summary>
    public static Tensor Each(this Random random, long count, Func<double> draw)
    {
        ArgumentNullException.ThrowIfNull(random);
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
        {
            value = (float)draw();
        }

        return tensor(values, [count, 1, 1, 1]);
    }

    /// <summary>1 for a share of the images, 0 for the others, [count, 1, 1, 1].</summary>
    public static Tensor Choose(this Random random, long count, double share) => random.Each(count, () => random.NextDouble() < share ? 1 : 0);

    /// <summary>A random order of 0 … count - 1, as an index tensor.</summary>
    public static Tensor Order(this Random random, long count)
    {
        long[] order = [.. Enumerable.Range(0, (int)count)];
        random.Shuffle(order);
        return tensor(order);
    }

    /// <summary>From Beta(a, a), by Jöhnk's method for a of at most 1.</summary>
    public static double Beta(this Random random, double a)
    {
        while (true)
        {
            double u = Math.Pow(random.NextDouble(), 1 / a), v = Math.Pow(random.NextDouble(), 1 / a);
            if (u + v is > 0 and <= 1)
            {
                return u / (u + v);
            }
        }
    }
}
