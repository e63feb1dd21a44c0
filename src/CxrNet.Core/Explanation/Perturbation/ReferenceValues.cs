using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>What stands where a mask takes the image away.</summary>
internal static class ReferenceValues
{
    private const int Cell = 16;

    /// <summary>Fills in the reference of one prepared image.</summary>
    /// <param name="values">The image as it is perturbed, in the layout of <paramref name="seen"/>.</param>
    /// <param name="reference">As many values.</param>
    /// <param name="seen">Their size, channels and order.</param>
    /// <param name="kind">Which reference.</param>
    /// <param name="later">The normalisation that is still to come where the values are grey levels; null where they go into the network as they are.</param>
    public static void Fill(ReadOnlySpan<float> values, Span<float> reference, CardInput seen, PerturbationReference kind, InputNormalization? later)
    {
        if (kind == PerturbationReference.Zero)
        {
            reference.Fill(later is null ? 0 : GreyOfZero(values, later));
            return;
        }

        int length = seen.Width * seen.Height;
        (int step, int next) = seen.Layout == TensorLayout.Nhwc ? (seen.Channels, 1) : (1, length);
        float[] plane = new float[length];
        for (int c = 0; c < seen.Channels; c++)
        {
            for (int i = 0; i < length; i++)
            {
                plane[i] = values[(c * next) + (i * step)];
            }

            Dull(plane, seen, kind);
            for (int i = 0; i < length; i++)
            {
                reference[(c * next) + (i * step)] = plane[i];
            }
        }
    }

    private static void Dull(Span<float> plane, CardInput seen, PerturbationReference kind)
    {
        if (kind == PerturbationReference.Blur)
        {
            int columns = Math.Max(1, seen.Width / Cell), rows = Math.Max(1, seen.Height / Cell);
            float[] small = new float[columns * rows];
            Resizer.Resize(plane, seen.Width, seen.Height, small, columns, rows, ResizeFilter.Area);
            Resizer.Resize(small, columns, rows, plane, seen.Width, seen.Height, ResizeFilter.Bilinear);
            return;
        }

        double sum = 0;
        foreach (float value in plane)
        {
            sum += value;
        }

        plane.Fill((float)(sum / plane.Length));
    }

    // The grey level that the network's normalisation turns into zero.
    private static float GreyOfZero(ReadOnlySpan<float> grey, InputNormalization normalization) => normalization switch
    {
        { Kind: NormalizationKind.Range, Min: float min, Max: float max } => -min / (max - min),
        { Kind: NormalizationKind.MeanStd, Mean: var mean } => mean[0],
        _ => TensorPrimitives.Sum(grey) / grey.Length,
    };
}
