using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>The linear system of <see cref="RoadImputation"/> on planes with a border of one pixel, so that every row is one multiply-add over whole spans.</summary>
internal sealed class RoadSystem
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _stride;
    private readonly double[] _isRemoved;
    private readonly double[] _values;
    private readonly double[] _diagonal;
    private readonly double[] _sums;

    public RoadSystem(GrayImage image, ReadOnlySpan<bool> removed)
    {
        _width = image.Width;
        _height = image.Height;
        _stride = _width + 2;
        int length = _stride * (_height + 2);
        _isRemoved = new double[length];
        _values = new double[length];
        _diagonal = new double[length];
        _sums = new double[length];
        double[] inside = new double[length];
        double known = 0;
        int count = 0;
        for (int i = 0; i < removed.Length; i++)
        {
            int at = At(i);
            inside[at] = 1;
            _isRemoved[at] = removed[i] ? 1 : 0;
            _values[at] = removed[i] ? 0 : image.Pixels[i];
            known += _values[at];
            count += removed[i] ? 0 : 1;
        }

        // The diagonal is the sum of the weights inside the image.
        Neighbours(inside, _diagonal);

        // A start from the known pixels' mean instead of zero saves a few iterations.
        for (int i = 0; i < removed.Length; i++)
        {
            _values[At(i)] = removed[i] ? known / count : _values[At(i)];
        }
    }

    /// <summary>All pixels, without the border; those kept as they were.</summary>
    public double[] Solve(CancellationToken cancellationToken)
    {
        // r = b - A x: for a removed pixel the weighted sum of its neighbours minus the diagonal times itself.
        int length = _values.Length;
        double[] residual = new double[length];
        double[] search = new double[length];
        double[] image = new double[length];
        Apply(_values, residual);
        TensorPrimitives.Negate(residual, residual);
        Precondition(residual, search);
        double energy = TensorPrimitives.Dot<double>(residual, search);
        double goal = Math.Max(energy * 1e-24, double.Epsilon);
        for (int i = 0; i < 20 * (_width + _height) && energy > goal; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Apply(search, image);
            double step = energy / TensorPrimitives.Dot<double>(search, image);
            TensorPrimitives.MultiplyAdd(search, step, _values, _values);
            TensorPrimitives.MultiplyAdd(image, -step, residual, residual);
            Precondition(residual, image);
            double next = TensorPrimitives.Dot<double>(residual, image);
            TensorPrimitives.MultiplyAdd(search, next / energy, image, search);
            energy = next;
        }

        double[] pixels = new double[_width * _height];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = _values[At(i)];
        }

        return pixels;
    }

    private int At(int pixel) => ((pixel / _width + 1) * _stride) + (pixel % _width) + 1;

    /// <summary>On removed pixels diagonal * x - weighted neighbours; 0 elsewhere.</summary>
    private void Apply(double[] x, double[] result)
    {
        Neighbours(x, _sums);
        TensorPrimitives.Multiply(_diagonal, x, result);
        TensorPrimitives.Subtract(result, _sums, result);
        TensorPrimitives.Multiply(result, _isRemoved, result);
    }

    private void Precondition(double[] residual, double[] result)
    {
        for (int y = 1; y <= _height; y++)
        {
            Range row = ((y * _stride) + 1)..((y * _stride) + 1 + _width);
            TensorPrimitives.Divide(residual.AsSpan(row), _diagonal.AsSpan(row), result.AsSpan(row));
        }
    }

    private void Neighbours(double[] x, double[] result)
    {
        for (int y = 1; y <= _height; y++)
        {
            int row = (y * _stride) + 1;
            Span<double> to = result.AsSpan(row, _width);
            to.Clear();
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    if (dx != 0 || dy != 0)
                    {
                        TensorPrimitives.MultiplyAdd(x.AsSpan(row + (dy * _stride) + dx, _width), RoadImputation.Weight(dx, dy), to, to);
                    }
                }
            }
        }
    }
}
