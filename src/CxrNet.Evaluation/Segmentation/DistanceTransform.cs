namespace CxrNet.Evaluation;

/// <summary>The distance from each pixel to the nearest pixel of a mask, exact.</summary>
/// <remarks>P. F. Felzenszwalb, D. P. Huttenlocher, Theory of Computing 8 (2012) 415: two passes over lower envelopes of parabolas, linear in the pixels.</remarks>
public static class DistanceTransform
{
    /// <summary>Euclidean distances between pixel centres.</summary>
    /// <param name="mask">What to measure to.</param>
    /// <param name="spacing">Of the pixels.</param>
    /// <returns>width x height values, row-major: 0 inside the mask; positive infinity everywhere where the mask is empty.</returns>
    public static double[] To(BinaryMask mask, PixelSpacing spacing)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spacing.Row, nameof(spacing));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spacing.Column, nameof(spacing));
        double[] squared = new double[mask.Pixels.Length];
        for (int i = 0; i < squared.Length; i++)
        {
            squared[i] = mask.Pixels[i] ? 0 : double.PositiveInfinity;
        }

        Envelope envelope = new(Math.Max(mask.Width, mask.Height));
        for (int x = 0; x < mask.Width; x++)
        {
            envelope.Transform(squared, x, mask.Width, mask.Height, spacing.Row);
        }

        for (int y = 0; y < mask.Height; y++)
        {
            envelope.Transform(squared, y * mask.Width, 1, mask.Width, spacing.Column);
        }

        System.Numerics.Tensors.TensorPrimitives.Sqrt(squared, squared);
        return squared;
    }

    /// <summary>The lower envelope of the parabolas <c>f(v) + (step (q - v))²</c> of one line.</summary>
    private sealed class Envelope(int length)
    {
        private readonly double[] _heights = new double[length];
        private readonly int[] _roots = new int[length];
        private readonly double[] _starts = new double[length];

        public void Transform(double[] values, int first, int stride, int count, double step)
        {
            int last = -1;
            for (int q = 0; q < count; q++)
            {
                _heights[q] = values[first + (q * stride)];
                if (double.IsPositiveInfinity(_heights[q]))
                {
                    continue;
                }

                double start = double.NegativeInfinity;
                while (last >= 0)
                {
                    int v = _roots[last];
                    start = (((_heights[q] - _heights[v]) / (step * step)) + ((double)q * q) - ((double)v * v)) / (2.0 * (q - v));
                    if (start > _starts[last])
                    {
                        break;
                    }

                    last--;
                    start = double.NegativeInfinity;
                }

                last++;
                _roots[last] = q;
                _starts[last] = start;
            }

            if (last < 0)
            {
                return;
            }

            for (int q = 0, k = 0; q < count; q++)
            {
                while (k < last && _starts[k + 1] < q)
                {
                    k++;
                }

                double away = step * (q - _roots[k]);
                values[first + (q * stride)] = (away * away) + _heights[_roots[k]];
            }
        }
    }
}
