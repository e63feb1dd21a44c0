using System.Numerics.Tensors;

namespace CxrNet.Onnx.Quantization;

/// <summary>What the channels of one tensor held over the calibration images.</summary>
internal sealed class ChannelStatistics(int channels)
{
    private double _count;

    /// <summary>Least value of each channel, 0 or less.</summary>
    public float[] Least { get; } = new float[channels];

    /// <summary>Greatest value of each channel, 0 or more.</summary>
    public float[] Greatest { get; } = new float[channels];

    /// <summary>Mean square of each channel.</summary>
    public double[] MeanSquare { get; } = new double[channels];

    /// <summary>Takes in one tensor of [batch, channels, …].</summary>
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
            MeanSquare[c] += (TensorPrimitives.SumOfSquares(one) - (plane * MeanSquare[c])) / _count;
        }
    }
}
