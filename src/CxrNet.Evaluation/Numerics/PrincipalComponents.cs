using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>The directions along which centred rows vary most, by orthogonal iteration on their covariance (G. Golub, C. Van Loan, Matrix Computations, 8.2.4).</summary>
internal static class PrincipalComponents
{
    private const int Iterations = 60;

    // The least variance along a direction, of 1 for a standardised number: what half precision still tells from 0.
    private const double LeastVariance = 1e-3;

    /// <summary>The greatest directions, the variance along each, and the mean variance along all others.</summary>
    /// <param name="rows">Centred; all of one length.</param>
    /// <param name="count">How many directions, 0 or more, fewer than the rows' length: at least one must be left for the mean variance along all others.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is another.</exception>
    public static (double[][] Directions, double[] Variances, double Residual) Of(double[][] rows, int count)
    {
        int length = rows[0].Length;
        if (count < 0 || count >= length)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{count} directions of {length} numbers asked for, 0 to {length - 1} expected.");
        }

        double[][] covariance = Covariance(rows, length);
        SplitMix64 random = new(1);
        double[][] directions = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5).ToArray())];
        Orthonormalize(directions);
        for (int i = 0; i < Iterations; i++)
        {
            directions = [.. directions.Select(d => Product(covariance, d))];
            Orthonormalize(directions);
        }

        double[] variances = [.. directions.Select(d => TensorPrimitives.Dot(d, Product(covariance, d)))];
        double trace = Enumerable.Range(0, length).Sum(i => covariance[i][i]);
        double residual = (trace - variances.Sum()) / (length - count);
        return (directions, [.. variances.Select(static v => Math.Max(v, LeastVariance))], Math.Max(residual, LeastVariance));
    }

    private static double[][] Covariance(double[][] rows, int length)
    {
        double[][] covariance = new double[length][];
        double[][] columns = [.. Enumerable.Range(0, length).Select(c => rows.Select(r => r[c]).ToArray())];
        Parallel.For(0, length, i => covariance[i] = [.. columns.Select(column => TensorPrimitives.Dot<double>(columns[i], column) / rows.Length)]);
        return covariance;
    }

    private static double[] Product(double[][] matrix, double[] vector) => [.. matrix.Select(row => TensorPrimitives.Dot<double>(row, vector))];

    // Gram-Schmidt, each direction twice: once loses orthogonality where directions are nearly parallel.
    private static void Orthonormalize(double[][] directions)
    {
        for (int i = 0; i < directions.Length; i++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    double along = TensorPrimitives.Dot<double>(directions[i], directions[j]);
                    for (int k = 0; k < directions[i].Length; k++)
                    {
                        directions[i][k] -= along * directions[j][k];
                    }
                }
            }

            TensorPrimitives.Divide(directions[i], Math.Max(TensorPrimitives.Norm<double>(directions[i]), 1e-300), directions[i]);
        }
    }
}
