using System.Buffers;

namespace CxrNet;

/// <summary>The connected parts of a mask, or of what it leaves out, as runs of pixels within a row: what a mask of a few large parts boils down to.</summary>
/// <remarks>
/// Two passes as Rosenfeld and Pfaltz's, joined by a union-find, but over runs: their ends are found by vectorized searches, and a 5-megapixel lung mask has some thousands of them.
/// The arrays are pooled: dispose of it.
/// </remarks>
internal ref struct MaskRuns
{
    private int[] _starts;
    private int[] _ends;
    private int[] _parts;
    private int[] _parents;
    private int _length;
    private int _provisional;

    private MaskRuns(int capacity)
    {
        _starts = ArrayPool<int>.Shared.Rent(capacity);
        _ends = ArrayPool<int>.Shared.Rent(capacity);
        _parts = ArrayPool<int>.Shared.Rent(capacity);
        _parents = ArrayPool<int>.Shared.Rent(ParentsFor(_starts));
    }

    /// <summary>How many connected parts there are; they are numbered 1, 2, … in the reading order of their first pixels.</summary>
    public int PartCount { get; private set; }

    /// <summary>Index of each run's first pixel, in reading order.</summary>
    public readonly ReadOnlySpan<int> Starts => _starts.AsSpan(0, _length);

    /// <summary>Index behind each run's last pixel.</summary>
    public readonly ReadOnlySpan<int> Ends => _ends.AsSpan(0, _length);

    /// <summary>The part that each run belongs to.</summary>
    public readonly ReadOnlySpan<int> Parts => _parts.AsSpan(0, _length);

    /// <summary>Finds the runs of inside pixels (not 0), or of outside ones.</summary>
    /// <exception cref="ArgumentException">The length does not fit the dimensions.</exception>
    public static MaskRuns Find(ReadOnlySpan<byte> mask, int width, int height, Connectivity connectivity, bool inside)
    {
        PlaneGuard.Check(mask.Length, width, height, nameof(mask));
        MaskRuns runs = new(Math.Max(64, 4 * height));
        int reach = connectivity == Connectivity.Eight ? 1 : 0, above = 0;
        for (int y = 0; y < height; y++)
        {
            int first = runs._length;
            runs.AddRow(mask.Slice(y * width, width), y * width, inside);
            runs.JoinRow(above, first, width, reach);
            above = first;
        }

        runs.Renumber();
        return runs;
    }

    /// <summary>Counts the pixels of each part.</summary>
    /// <param name="areas">Receives at index p the pixels of part p; one longer than there are parts.</param>
    public readonly void Areas(Span<int> areas)
    {
        areas.Clear();
        for (int i = 0; i < _length; i++)
        {
            areas[_parts[i]] += _ends[i] - _starts[i];
        }
    }

    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_parents);
        ArrayPool<int>.Shared.Return(_parts);
        ArrayPool<int>.Shared.Return(_ends);
        ArrayPool<int>.Shared.Return(_starts);
    }

    private void AddRow(ReadOnlySpan<byte> row, int offset, bool inside)
    {
        for (int x = 0; x < row.Length;)
        {
            ReadOnlySpan<byte> rest = row[x..];
            int gap = inside ? rest.IndexOfAnyExcept((byte)0) : rest.IndexOf((byte)0);
            if (gap < 0)
            {
                return;
            }

            rest = rest[gap..];
            int length = inside ? rest.IndexOf((byte)0) : rest.IndexOfAnyExcept((byte)0);
            length = length < 0 ? rest.Length : length;
            if (_length == _starts.Length || _length == _ends.Length || _length == _parts.Length)
            {
                Grow();
            }

            x += gap;
            (_starts[_length], _ends[_length]) = (offset + x, offset + x + length);
            _length++;
            x += length;
        }
    }

    // Runs above..first are the row above, first.._length this one; a run that touches none above begins a part.
    private void JoinRow(int above, int first, int width, int reach)
    {
        int candidate = above;
        for (int i = first; i < _length; i++)
        {
            int from = _starts[i] - width - reach, to = _ends[i] - width + reach, part = 0;
            while (candidate < first && _ends[candidate] <= from)
            {
                candidate++;
            }

            for (int k = candidate; k < first && _starts[k] < to; k++)
            {
                part = part == 0 ? RootOf(_parts[k]) : Join(part, RootOf(_parts[k]));
            }

            if (part == 0)
            {
                part = ++_provisional;
                _parents[part] = part;
            }

            _parts[i] = part;
        }
    }

    private readonly int Join(int a, int b)
    {
        int root = Math.Min(a, b);
        _parents[Math.Max(a, b)] = root;
        return root;
    }

    private readonly int RootOf(int part)
    {
        while (_parents[part] != part)
        {
            _parents[part] = _parents[_parents[part]];
            part = _parents[part];
        }

        return part;
    }

    // Provisional numbers grow in reading order and the least of a part is its root, so roots met in order are numbered in order.
    private void Renumber()
    {
        for (int part = 1; part <= _provisional; part++)
        {
            _parents[part] = _parents[part] == part ? ++PartCount : _parents[_parents[part]];
        }

        for (int i = 0; i < _length; i++)
        {
            _parts[i] = _parents[_parts[i]];
        }
    }

    private void Grow()
    {
        int capacity = 2 * _length;
        Grow(ref _starts, capacity);
        Grow(ref _ends, capacity);
        Grow(ref _parts, capacity);
        Grow(ref _parents, ParentsFor(_starts));
    }

    // Each run may be a part, numbered from 1. The pool hands out more than was asked for, and all of the starts are used before anything grows.
    private static int ParentsFor(int[] starts) => starts.Length + 1;

    private static void Grow(ref int[] array, int capacity)
    {
        int[] larger = ArrayPool<int>.Shared.Rent(capacity);
        array.CopyTo(larger.AsSpan());
        ArrayPool<int>.Shared.Return(array);
        array = larger;
    }
}
