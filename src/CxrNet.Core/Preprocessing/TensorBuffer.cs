using System.Buffers;

namespace CxrNet;

/// <summary>A pooled matrix of floats, one row per image: what an engine writes its outputs to.</summary>
/// <remarks>Not thread-safe. Whoever rents it disposes of it; after that neither rows nor values may be touched.</remarks>
public sealed class TensorBuffer : IDisposable
{
    private readonly bool _isRented;
    private float[]? _array;

    private TensorBuffer(int count, int lengthEach, float[] array, bool isRented)
    {
        Count = count;
        LengthEach = lengthEach;
        _array = array;
        _isRented = isRented;
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
        return new TensorBuffer(count, lengthEach, ArrayPool<float>.Shared.Rent(checked(count * lengthEach)), isRented: true);
    }

    /// <summary>A buffer over memory that stays the caller's, for example pinned for an engine: disposing of it gives nothing to the pool.</summary>
    /// <param name="memory">The rows one after the other; longer is fine.</param>
    /// <param name="count">Rows, 0 or more.</param>
    /// <param name="lengthEach">Values in a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The memory is too short.</exception>
    public static TensorBuffer Over(float[] memory, int count, int lengthEach)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthEach);
        return memory.Length >= (long)count * lengthEach
            ? new TensorBuffer(count, lengthEach, memory, isRented: false)
            : throw new ArgumentException($"{memory.Length} values given, {count} x {lengthEach} = {(long)count * lengthEach} expected.", nameof(memory));
    }

    /// <summary>Gives rented memory back to the pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array && _isRented)
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }
}
