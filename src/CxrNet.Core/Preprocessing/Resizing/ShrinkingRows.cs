using System.Buffers;

namespace CxrNet;

/// <summary>Rows of a resampling that has fewer rows than its source: the vertical pass streams through the source and leaves little for the horizontal one.</summary>
internal readonly unsafe struct ShrinkingRows<T>(T* source, int length, int stride, int channels, int width, FilterTaps rows, FilterTaps columns, float* destination) : IRowWork
    where T : unmanaged
{
    public void Run(int from, int to)
    {
        ReadOnlySpan<T> samples = new(source, length);
        float[] rented = ArrayPool<float>.Shared.Rent(((channels + 1) * width) + HorizontalPass.Padding);
        rented.AsSpan(width, HorizontalPass.Padding).Clear();
        Span<float> row = rented.AsSpan(0, width + HorizontalPass.Padding);
        Span<float> mixed = channels == 1 ? row[..width] : rented.AsSpan(row.Length, channels * width);
        for (int y = from; y < to; y++)
        {
            VerticalPass.WeightedSum(samples[(rows.Starts[y] * stride)..], stride, rows.WeightsOf(y), mixed);
            Resampling.ToLuma(mixed, row, channels);
            HorizontalPass.Apply(row, columns, new Span<float>(destination + (y * columns.Length), columns.Length));
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
