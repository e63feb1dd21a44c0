using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Draws RISE's smooth random masks: a coarse grid of zeros and ones, enlarged bilinearly to one cell more than the image and cut at a random place.</summary>
/// <remarks>As in V. Petsiuk et al., BMVC 2018: cells of <c>ceil(side / cells)</c> pixels. The columns of the few grid rows are enlarged once, and each image row is a blend of two of them, so a mask costs little more than one pass over its pixels.</remarks>
internal sealed class RiseMasks
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _cells;
    private readonly double _keep;
    private readonly PhantomRandom _random;
    private readonly float[] _grid;
    private readonly float[] _rows;
    private readonly (int Below, float Share)[] _across;
    private readonly (int Below, float Share)[] _down;
    private readonly int _cellWidth;
    private readonly int _cellHeight;

    public RiseMasks(int width, int height, RiseOptions options)
    {
        (_width, _height, _cells, _keep) = (width, height, options.Cells, options.KeepShare);
        _random = new PhantomRandom(options.Seed);
        _grid = new float[_cells * _cells];
        _rows = new float[_cells * width];
        _cellWidth = (int)Math.Ceiling(width / (double)_cells);
        _cellHeight = (int)Math.Ceiling(height / (double)_cells);
        _across = Taps(_cells, (_cells + 1) * _cellWidth);
        _down = Taps(_cells, (_cells + 1) * _cellHeight);
    }

    /// <summary>Draws the next mask; allocates nothing.</summary>
    public void Draw(Span<float> mask)
    {
        foreach (ref float cell in _grid.AsSpan())
        {
            cell = _random.Next() < _keep ? 1 : 0;
        }

        ReadOnlySpan<(int Below, float Share)> down = _down.AsSpan((int)(_random.Next() * _cellHeight), _height);
        ReadOnlySpan<(int Below, float Share)> across = _across.AsSpan((int)(_random.Next() * _cellWidth), _width);
        int last = _cells - 1;
        for (int row = 0; row < _cells; row++)
        {
            ReadOnlySpan<float> grid = _grid.AsSpan(row * _cells, _cells);
            Span<float> wide = _rows.AsSpan(row * _width, _width);
            for (int x = 0; x < wide.Length; x++)
            {
                (int below, float share) = across[x];
                float left = grid[below];
                wide[x] = left + (share * (grid[Math.Min(below + 1, last)] - left));
            }
        }

        for (int y = 0; y < _height; y++)
        {
            (int below, float share) = down[y];
            ReadOnlySpan<float> upper = _rows.AsSpan(below * _width, _width);
            ReadOnlySpan<float> lower = _rows.AsSpan(Math.Min(below + 1, last) * _width, _width);
            TensorPrimitives.Lerp(upper, lower, share, mask.Slice(y * _width, _width));
        }
    }

    // Half-pixel centres; beyond the first and last centre the border cell's value holds.
    private static (int Below, float Share)[] Taps(int cells, int length)
    {
        (int Below, float Share)[] taps = new (int, float)[length];
        for (int i = 0; i < length; i++)
        {
            double at = Math.Clamp(((i + 0.5) * cells / length) - 0.5, 0, cells - 1);
            taps[i] = ((int)at, (float)(at - (int)at));
        }

        return taps;
    }
}
