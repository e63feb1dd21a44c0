namespace CxrNet.Evaluation;

/// <summary>What is done to an image to see whether score and map answer as they should.</summary>
public static class Perturbations
{
    /// <summary>Independent normal noise on every pixel.</summary>
    /// <param name="image">Gives the size.</param>
    /// <param name="count">How many.</param>
    /// <param name="deviation">Standard deviation in the image's own numbers, 0 or more; 0.02 by default, which is meant for grey levels 0 … 1.</param>
    /// <param name="seed">The same seed gives the same noise on every machine.</param>
    public static IReadOnlyList<float[]> Noise(GrayImage image, int count, double deviation = 0.02, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        SplitMix64 random = new(seed);
        float[][] noise = new float[count][];
        for (int k = 0; k < count; k++)
        {
            noise[k] = new float[image.Pixels.Length];
            for (int i = 0; i < noise[k].Length; i++)
            {
                noise[k][i] = (float)(deviation * random.NextNormal());
            }
        }

        return noise;
    }

    internal static GrayImage Apply(GrayImage image, float[] perturbation, float sign)
    {
        Guard.SameLength(image.Pixels.Length, perturbation.Length, nameof(perturbation));
        float[] pixels = new float[perturbation.Length];
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(perturbation, sign, image.Pixels, pixels);
        return new GrayImage(image.Width, image.Height, pixels, image.Info);
    }
}
