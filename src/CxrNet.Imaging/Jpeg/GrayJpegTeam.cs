using System.Buffers;
using System.Runtime.CompilerServices;

namespace CxrNet.Imaging;

/// <summary>Two threads on one grey JPEG: the caller reads the bits, which only one can, and a thread of the pool transforms the rows of blocks that are read.</summary>
/// <remarks>Whoever finds a row that nobody has begun takes it, so a helper that comes late, or never, costs nothing: the caller does what is left.</remarks>
internal sealed class GrayJpegTeam : IThreadPoolWorkItem
{
    // Rows of blocks that may wait: some hundred kilobytes of coefficients for a large film, which stay in the second-level cache.
    private const int Slots = 8;

    private readonly GrayJpegHeader _header;
    private readonly Memory<byte> _pixels;
    private readonly int _columns;
    private readonly int _rows;
    private readonly short[] _coefficients;
    private readonly int[] _sums;
    private readonly int[] _free = [.. Enumerable.Repeat(1, Slots)];
    private int _read;
    private int _next;
    private int _done;
    private int _failed;
    private int _closed;
    private int _helpers;

    private GrayJpegTeam(GrayJpegHeader header, Memory<byte> pixels, short[] coefficients, int[] sums)
    {
        (_header, _pixels, _coefficients, _sums) = (header, pixels, coefficients, sums);
        (_columns, _rows) = (header.Columns, header.Rows);
    }

    /// <summary>Whether a second thread may work on it, and has enough to do.</summary>
    public static bool Pays(GrayJpegHeader header) => PreprocessingThreads.Maximum > 1 && (long)header.Width * header.Height >= PreprocessingThreads.LeastSamples;

    /// <summary>Decodes a scan without restart markers.</summary>
    /// <param name="header">What is before the scan.</param>
    /// <param name="pixels">Width x height samples.</param>
    /// <param name="bytes">Unstuffed, with zeros behind.</param>
    /// <param name="length">Bytes of data.</param>
    /// <returns>False where the bits are no blocks, too few or too many.</returns>
    public static bool Decode(GrayJpegHeader header, Memory<byte> pixels, ReadOnlySpan<byte> bytes, int length)
    {
        int blocks = Slots * header.Columns;
        short[] coefficients = ArrayPool<short>.Shared.Rent(blocks * 64);
        int[] sums = ArrayPool<int>.Shared.Rent(blocks);
        coefficients.AsSpan(0, blocks * 64).Clear();
        GrayJpegTeam team = new(header, pixels, coefficients, sums);
        ThreadPool.UnsafeQueueUserWorkItem(team, preferLocal: false);
        try
        {
            return team.Run(bytes, length);
        }
        finally
        {
            // Nobody may look at the arrays once they belong to others.
            team.Close();
            ArrayPool<short>.Shared.Return(coefficients);
            ArrayPool<int>.Shared.Return(sums);
        }
    }

    /// <summary>The helper's part.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Increment(ref _helpers);
        SpinWait wait = default;
        while (Volatile.Read(ref _closed) == 0)
        {
            if (TakeRow())
            {
                wait.Reset();
            }
            else
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        Interlocked.Decrement(ref _helpers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Run(ReadOnlySpan<byte> bytes, int length)
    {
        GrayJpegBlocks blocks = new(_header, _pixels.Span);
        long position = 0, end = 8L * length;
        int prediction = 0;
        SpinWait wait = default;
        for (int row = 0; row < _rows; row++)
        {
            int slot = row % Slots;
            while (Volatile.Read(ref _free[slot]) == 0)
            {
                if (!TakeRow())
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }
            }

            for (int column = 0; column < _columns; column++)
            {
                int at = (slot * _columns) + column;
                int sum = blocks.Read(bytes, ref position, ref prediction, _coefficients.AsSpan(at * 64, 64), out int last);
                if (sum < 0 || position > end)
                {
                    return false;
                }

                // A flat block is told by the sign.
                _sums[at] = last == 0 ? ~sum : sum;
            }

            Volatile.Write(ref _free[slot], 0);
            Volatile.Write(ref _read, row + 1);
        }

        while (Volatile.Read(ref _done) < _rows)
        {
            if (!TakeRow())
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }

        return Volatile.Read(ref _failed) == 0 && end - position < 8;
    }

    private void Close()
    {
        Volatile.Write(ref _closed, 1);
        Interlocked.MemoryBarrier();
        SpinWait wait = default;
        while (Volatile.Read(ref _helpers) > 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private bool TakeRow()
    {
        int row = Volatile.Read(ref _next);
        if (row >= Volatile.Read(ref _read) || Interlocked.CompareExchange(ref _next, row + 1, row) != row)
        {
            return false;
        }

        if (!Place(row))
        {
            Volatile.Write(ref _failed, 1);
        }

        Volatile.Write(ref _free[row % Slots], 1);
        Interlocked.Increment(ref _done);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Place(int row)
    {
        GrayJpegBlocks blocks = new(_header, _pixels.Span);
        Span<byte> edge = stackalloc byte[64];
        int from = row % Slots * _columns;
        bool valid = true;
        for (int column = 0; column < _columns; column++)
        {
            Span<short> block = _coefficients.AsSpan((from + column) * 64, 64);
            int sum = _sums[from + column];
            valid &= blocks.Place((row * _columns) + column, block, sum < 0 ? ~sum : sum, sum < 0, edge);
            if (sum >= 0)
            {
                block.Clear();
            }
        }

        return valid;
    }
}
