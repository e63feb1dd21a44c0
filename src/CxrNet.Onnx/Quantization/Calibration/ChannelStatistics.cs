using System.Numerics.Tensors;

namespace CxrNet.Onnx.Quantization;

/// <summary>What the channels of one tensor held over the calibration images.</summary>
internal sealed class ChannelStatistics(int channels)
{
    private readonly double[] _squares = new double[channels];
    private double _count;

    /// <summary>Least value of each channel, 0 or less.</summary>
    public float[] Least { get; } = new float[channels];

    /// <summary>Greatest value of each channel, 0 or more.</summary>
    public float[] Greatest { get; } = new float[channels];

    /// <summary>Mean square of each channel.</summary>
    public double[] MeanSquares() => Array.ConvertAll(_squares, sum => sum / _count);

    /// <summary>Greatest magnitude of each channel.</summary>
    public float Magnitude(int channel) => Math.Max(-Least[channel], Greatest[channel]);

    /// <summary>Takes in one tensor.</summary>
    /// <param name="values">[batch, channels, …].</param>
    /// <param name="batch">How many images.</param>
    public void Observe(ReadOnlySpan<float> values, int batch)
    {
        int planes = batch * Least.Length, plane = values.Length / planes;
        _count += (double)batch * plane;
        for (int p = 0; p < planes; p++)
        {
            ReadOnlySpan<float> one = values.Slice(p * plane, plane);
            int c = p % Least.Length;
            Least[c] = Math.Min(Least[c], TensorPrimitives.Min(one));
            Greatest[c] = Math.Max(Greatest[c], TensorPrimitives.Max(one));
            _squares[c] += TensorPrimitives.SumOfSquares(one);
        }
    }
}
