using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SkiaSharp;

namespace CxrNet.Benchmarks.Peers;

/// <summary>The program that one writes without this library: SkiaSharp for the file, loops for grey, resize and standardisation, a DenseTensor, NamedOnnxValue, a session as it comes.</summary>
/// <remarks>The resize is the antialiased one that the network was trained with, in float and in two passes: with another filter it would be less work and other numbers.</remarks>
internal sealed class StraightforwardProgram : IDisposable
{
    private readonly InferenceSession _session;

    public StraightforwardProgram(int threads)
    {
        using SessionOptions options = new() { IntraOpNumThreads = threads };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(BenchmarkModel.Bytes, options);
    }

    /// <summary>The bytes of a file to logits and map.</summary>
    public (float[] Logits, float[] Map) Analyze(byte[] file)
    {
        int side = BenchmarkModel.Side;
        using SKBitmap bitmap = SKBitmap.Decode(file);
        SKColor[] colors = bitmap.Pixels;
        float[] gray = new float[colors.Length];
        for (int i = 0; i < gray.Length; i++)
        {
            gray[i] = ((0.299f * colors[i].Red) + (0.587f * colors[i].Green) + (0.114f * colors[i].Blue)) / 255f;
        }

        float[] small = Resize(gray, bitmap.Width, bitmap.Height, side, side);
        float mean = small.Average();
        float deviation = MathF.Sqrt(small.Select(v => (v - mean) * (v - mean)).Average());
        DenseTensor<float> input = new([1, 1, side, side]);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                input[0, 0, y, x] = (small[(y * side) + x] - mean) / deviation;
            }
        }

        CxrModelCard card = BenchmarkModel.Card;
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run([NamedOnnxValue.CreateFromTensor(card.Input.Name, input)], [card.Outputs.Logits!, card.Outputs.Map!]);
        return ([.. results[0].AsEnumerable<float>()], [.. results[1].AsEnumerable<float>()]);
    }

    public void Dispose() => _session.Dispose();

    private static float[] Resize(float[] image, int width, int height, int newWidth, int newHeight)
    {
        (int Start, float[] Weights)[] columns = Taps(width, newWidth), rows = Taps(height, newHeight);
        float[] across = new float[newWidth * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                float sum = 0;
                for (int k = 0; k < columns[x].Weights.Length; k++)
                {
                    sum += columns[x].Weights[k] * image[(y * width) + columns[x].Start + k];
                }

                across[(y * newWidth) + x] = sum;
            }
        }

        float[] result = new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                float sum = 0;
                for (int k = 0; k < rows[y].Weights.Length; k++)
                {
                    sum += rows[y].Weights[k] * across[((rows[y].Start + k) * newWidth) + x];
                }

                result[(y * newWidth) + x] = sum;
            }
        }

        return result;
    }

    private static (int Start, float[] Weights)[] Taps(int source, int destination)
    {
        double scale = Math.Max(1, (double)source / destination), step = (double)source / destination;
        var taps = new (int, float[])[destination];
        for (int i = 0; i < destination; i++)
        {
            double center = (i + 0.5) * step;
            int start = Math.Max(0, (int)(center - scale + 0.5)), end = Math.Min(source, (int)(center + scale + 0.5));
            double[] weights = [.. Enumerable.Range(start, end - start).Select(p => Math.Max(0, 1 - Math.Abs((p - center + 0.5) / scale)))];
            double sum = weights.Sum();
            taps[i] = (start, [.. weights.Select(w => (float)(w / sum))]);
        }

        return taps;
    }
}
