using System.Buffers;

namespace CxrNet;

/// <summary>A pooled matrix of floats, one row per image: what an engine writes its outputs to.</summary>
/// <remarks>Not thread-safe. Whoever rents it disposes of it; after that neither rows nor values may be touched.</remarks>
public sealed class TensorBuffer : IDisposable
{
    private float[]? _array;

    private TensorBuffer(int count, int lengthEach, float[] array)
    {
        Count = count;
        LengthEach = lengthEach;
        _array = array;
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Values in a row.</summary>
    public int LengthEach { get; }

    /// <summary>All rows one after the other: exactly <see cref="Count"/> x <see cref="LengthEach"/> values.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
    public Memory<float> Values => Array.AsMemory(0, Count * LengthEach);

    /// <summary>One row.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ObjectDisposedException">The buffer was disposed of.</exception>
    public Span<float> this[int row] => Values.Span.Slice(row * LengthEach, LengthEach);

    private float[] Array => _array ?? throw new ObjectDisposedException(nameof(TensorBuffer));

    /// <summary>Rents a buffer; its values are undefined.</summary>
    /// <param name="count">Rows, 0 or more.</param>
    /// <param name="lengthEach">Values in a row, 1 or more.</param>
    public static TensorBuffer Rent(int count, int lengthEach)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthEach);
        return new TensorBuffer(count, lengthEach, ArrayPool<float>.Shared.Rent(checked(count * lengthEach)));
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }
}
