using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>SSIM: Z. Wang et al., IEEE Trans. Image Process. 13 (2004) 600; K1 = 0.01, K2 = 0.03.</summary>
public static class StructuralSimilarity
{
    /// <summary>The mean over all windows that lie inside the image, of two maps brought to 0 … 1 each.</summary>
    /// <param name="first">width x height values, row-major.</param>
    /// <param name="second">As many values.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="window">7 x 7 uniform by default.</param>
    /// <returns>-1 … 1; a constant map counts as zeros. NaN where no window fits.</returns>
    /// <exception cref="ArgumentException">A map has another size, or holds NaN.</exception>
    public static double Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, int height, SsimWindow window = SsimWindow.Uniform7)
    {
        MapGuard.Check(first, width, height);
        MapGuard.Check(second, width, height);
        const double C1 = 0.01 * 0.01;
        const double C2 = 0.03 * 0.03;
        double[] kernel = window == SsimWindow.Uniform7 ? [.. Enumerable.Repeat(1.0 / 7, 7)] : Gaussian();
        double unbiased = window == SsimWindow.Uniform7 ? 49.0 / 48 : 1;
        double[] a = UnitRange(first);
        double[] b = UnitRange(second);
        double[] meanA = Smooth(a, width, height, kernel);
        double[] meanB = Smooth(b, width, height, kernel);
        double[] squareA = Smooth(Product(a, a), width, height, kernel);
        double[] squareB = Smooth(Product(b, b), width, height, kernel);
        double[] mixed = Smooth(Product(a, b), width, height, kernel);
        double sum = 0;
        for (int i = 0; i < meanA.Length; i++)
        {
            double varianceA = unbiased * (squareA[i] - (meanA[i] * meanA[i]));
            double varianceB = unbiased * (squareB[i] - (meanB[i] * meanB[i]));
            double covariance = unbiased * (mixed[i] - (meanA[i] * meanB[i]));
            sum += ((2 * meanA[i] * meanB[i]) + C1) * ((2 * covariance) + C2)
                / (((meanA[i] * meanA[i]) + (meanB[i] * meanB[i]) + C1) * (varianceA + varianceB + C2));
        }

        return Ratio.OrNaN(sum, meanA.Length);
    }

    private static double[] Gaussian()
    {
        double[] kernel = [.. Enumerable.Range(-5, 11).Select(i => Math.Exp(-i * i / (2 * 1.5 * 1.5)))];
        TensorPrimitives.Divide(kernel, kernel.Sum(), kernel);
        return kernel;
    }

    private static double[] UnitRange(ReadOnlySpan<float> map)
    {
        double min = TensorPrimitives.Min(map);
        double range = TensorPrimitives.Max(map) - min;
        double[] values = new double[map.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = range == 0 ? 0 : (map[i] - min) / range;
        }

        return values;
    }

    private static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[a.Length];
        TensorPrimitives.Multiply(a, b, product);
        return product;
    }

    /// <summary>The windows that lie inside, row by row.</summary>
    private static double[] Smooth(double[] values, int width, int height, double[] kernel)
    {
        int columns = Math.Max(0, width - kernel.Length + 1);
        int rows = Math.Max(0, height - kernel.Length + 1);
        double[] across = new double[columns * height];
        double[] smooth = new double[columns * rows];
        for (int y = 0; y < height; y++)
        {
            for (int k = 0; k < kernel.Length && columns > 0; k++)
            {
                Span<double> to = across.AsSpan(y * columns, columns);
                TensorPrimitives.MultiplyAdd(values.AsSpan((y * width) + k, columns), kernel[k], to, to);
            }
        }

        for (int y = 0; y < rows; y++)
        {
            for (int k = 0; k < kernel.Length; k++)
            {
                Span<double> to = smooth.AsSpan(y * columns, columns);
                TensorPrimitives.MultiplyAdd(across.AsSpan((y + k) * columns, columns), kernel[k], to, to);
            }
        }

        return smooth;
    }
}
