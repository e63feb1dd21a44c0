namespace CxrNet.Evaluation.Tests;

/// <summary>A layer's output [channels, height, width] and how a gradient goes back through it. Plain loops: the reference, not the fast way.</summary>
internal sealed record Layer(double[] Values, int Channels, int Height, int Width, Func<double[], double[]> Back)
{
    public static Layer Input(double[] values, int height, int width) => new(values, 1, height, width, g => g);

    public Layer Convolve(double[] weights, double[]? bias, int outputs, int kernel, int stride, int padding)
    {
        int height = ((Height + (2 * padding) - kernel) / stride) + 1;
        int width = ((Width + (2 * padding) - kernel) / stride) + 1;
        double[] result = new double[outputs * height * width];
        Visit(outputs, kernel, stride, padding, height, width, (o, i, w) => result[o] += Values[i] * weights[w]);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] += bias?[i / (height * width)] ?? 0;
        }

        return new Layer(result, outputs, height, width, gradient =>
        {
            double[] back = new double[Values.Length];
            Visit(outputs, kernel, stride, padding, height, width, (o, i, w) => back[i] += gradient[o] * weights[w]);
            return Back(back);
        });
    }

    public Layer Normalize(double[] gamma, double[] beta, double[] mean, double[] variance)
    {
        int plane = Height * Width;
        double[] scale = [.. gamma.Zip(variance, (g, v) => g / Math.Sqrt(v + 1e-5))];
        return With(i => ((Values[i] - mean[i / plane]) * scale[i / plane]) + beta[i / plane], (g, i) => g * scale[i / plane]);
    }

    public Layer Rectify() => With(i => Math.Max(0, Values[i]), (g, i) => Values[i] > 0 ? g : 0);

    public Layer Add(Layer other) =>
        this with { Values = [.. Values.Zip(other.Values, (a, b) => a + b)], Back = g => [.. Back(g).Zip(other.Back(g), (a, b) => a + b)] };

    /// <summary>The gradient stops here, so that two branches can be joined before it goes on.</summary>
    public Layer Cut() => this with { Back = g => g };

    public Layer MaxPool()
    {
        int[] source = new int[Channels * (Height / 2) * (Width / 2)];
        for (int o = 0; o < source.Length; o++)
        {
            int x = o % (Width / 2) * 2;
            int y = o / (Width / 2) % (Height / 2) * 2;
            int first = (((o / (Width / 2 * (Height / 2)) * Height) + y) * Width) + x;
            int[] window = [first, first + 1, first + Width, first + Width + 1];
            source[o] = window.MaxBy(i => Values[i]);
        }

        return new Layer(Array.ConvertAll(source, i => Values[i]), Channels, Height / 2, Width / 2, gradient =>
        {
            double[] back = new double[Values.Length];
            for (int o = 0; o < source.Length; o++)
            {
                back[source[o]] += gradient[o];
            }

            return Back(back);
        });
    }

    public Layer AveragePool(int size)
    {
        int blockRows = Height / size;
        int blockColumns = Width / size;
        int Target(int i) => (((i / (Height * Width) * size) + (i / Width % Height / blockRows)) * size) + (i % Width / blockColumns);
        double[] result = new double[Channels * size * size];
        for (int i = 0; i < Values.Length; i++)
        {
            result[Target(i)] += Values[i] / (blockRows * blockColumns);
        }

        return new Layer(result, Channels, size, size, gradient => Back([.. Enumerable.Range(0, Values.Length).Select(i => gradient[Target(i)] / (blockRows * blockColumns))]));
    }

    public Layer Connect(double[] weights, double[] bias) =>
        (this with { Channels = Values.Length, Height = 1, Width = 1 }).Convolve(weights, bias, bias.Length, 1, 1, 0);

    private Layer With(Func<int, double> value, Func<double, int, double> back)
    {
        double[] result = [.. Enumerable.Range(0, Values.Length).Select(value)];
        return this with { Values = result, Back = gradient => Back([.. gradient.Select(back)]) };
    }

    private void Visit(int outputs, int kernel, int stride, int padding, int height, int width, Action<int, int, int> visit)
    {
        for (int o = 0; o < outputs; o++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    for (int c = 0; c < Channels; c++)
                    {
                        for (int ky = 0; ky < kernel; ky++)
                        {
                            for (int kx = 0; kx < kernel; kx++)
                            {
                                int sy = (y * stride) + ky - padding;
                                int sx = (x * stride) + kx - padding;
                                if (sy >= 0 && sy < Height && sx >= 0 && sx < Width)
                                {
                                    visit((((o * height) + y) * width) + x, (((c * Height) + sy) * Width) + sx, (((((o * Channels) + c) * kernel) + ky) * kernel) + kx);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
