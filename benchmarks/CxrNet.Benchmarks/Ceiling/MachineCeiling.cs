using System.Numerics.Tensors;
using CxrNet.Benchmarks.Measuring;
using OpenCvSharp;
using static TorchSharp.torch;

namespace CxrNet.Benchmarks.Ceiling;

/// <summary>What the machine can do at best, as measured: float matrix products a second, and memory read a second.</summary>
internal static class MachineCeiling
{
    private const int Side = 1024;

    /// <summary>10^9 multiply-adds a second in registers, the best of several: the processor's own bound.</summary>
    public static double Registers(int threads) => FusedMultiplyAdds.Count(threads) / Fastest(() => FusedMultiplyAdds.Run(threads)) / 1e6;

    /// <summary>10^9 multiply-adds a second of a 1024 x 1024 x 1024 product, the best of several; libtorch's where it loads (oneDNN or MKL), else OpenCV's. A lower bound of what a product can reach: another library's may be faster.</summary>
    public static (double Giga, string How) MultiplyAdds(int threads)
    {
        if (Availability.ReasonAgainst("torch") is null)
        {
            set_num_threads(threads);
            using var noGrad = no_grad();
            using TorchSharp.torch.Tensor a = randn(Side, Side), b = randn(Side, Side);
            return (Best(() => a.matmul(b).Dispose()), "libtorch matmul");
        }

        Cv2.SetNumThreads(threads);
        using Mat left = new(Side, Side, MatType.CV_32F, Scalar.All(0.5)), right = left.Clone(), product = new(), none = new();
        return (Best(() => Cv2.Gemm(left, right, 1, none, 0, product)), "OpenCV gemm");
    }

    /// <summary>10^9 bytes a second of summing 256 MB, far beyond any cache, in so many threads.</summary>
    public static double Bandwidth(int threads)
    {
        float[] memory = new float[64 << 20];
        Array.Fill(memory, 1);
        int part = memory.Length / threads;
        float sum = 0;
        double best = Fastest(() => Parallel.For(0, threads, i => Volatile.Write(ref sum, TensorPrimitives.Sum(memory.AsSpan(i * part, part)))));
        return sum > 0 ? memory.Length * 4.0 / best / 1e6 : double.NaN;
    }

    private static double Best(Action product) => (double)Side * Side * Side / Fastest(product) / 1e6;

    private static double Fastest(Action work) => Interleaved.Measure([Contender.Of("", work)], TimeSpan.FromSeconds(BenchmarkScale.Of(1.5, 5))) is [Timing timing] ? timing.At(0) : double.NaN;
}
