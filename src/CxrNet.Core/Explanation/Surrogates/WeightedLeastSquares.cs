namespace CxrNet;

/// <summary>Weighted ridge regression through the normal equations, solved with Cholesky's factorisation.</summary>
/// <remarks>Some hundred unknowns at most: below what a linear algebra library would be a dependency for.</remarks>
internal static class WeightedLeastSquares
{
    // Rounding may leave a pivot at or below zero.
    private const double Least = 1e-300;

    /// <summary>Solves <c>min sum_i w_i (x_i . b - y_i)^2 + ridge |b|^2</c>.</summary>
    /// <param name="rows">x, all of one length.</param>
    /// <param name="targets">y.</param>
    /// <param name="weights">w, 0 or more.</param>
    /// <param name="ridge">0 or more. Directions that the rows do not tell apart get the solution of the least length, up to rounding.</param>
    public static double[] Solve(double[][] rows, double[] targets, double[] weights, double ridge)
    {
        int n = rows[0].Length;
        double[,] matrix = new double[n, n];
        double[] right = new double[n];
        for (int r = 0; r < rows.Length; r++)
        {
            double[] row = rows[r];
            for (int i = 0; i < n; i++)
            {
                double weighted = weights[r] * row[i];
                if (weighted == 0)
                {
                    continue;
                }

                right[i] += weighted * targets[r];
                for (int j = 0; j <= i; j++)
                {
                    matrix[i, j] += weighted * row[j];
                }
            }
        }

        double trace = 0;
        for (int i = 0; i < n; i++)
        {
            trace += matrix[i, i];
        }

        for (int i = 0; i < n; i++)
        {
            // A trillionth of the mean diagonal keeps the factorisation defined where rows are too few.
            matrix[i, i] += ridge + (1e-12 * Math.Max(trace / n, double.Epsilon));
        }

        return Cholesky(matrix, right);
    }

    // G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., algorithm 4.2.1; the lower triangle is overwritten.
    private static double[] Cholesky(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= a[i, k] * a[j, k];
                }

                a[i, j] = i == j ? Math.Sqrt(Math.Max(sum, Least)) : sum / a[j, j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                b[i] -= a[i, k] * b[k];
            }

            b[i] /= a[i, i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                b[i] -= a[k, i] * b[k];
            }

            b[i] /= a[i, i];
        }

        return b;
    }
}
