namespace CxrNet.Evaluation;

/// <summary>Solves small symmetric systems (G. Golub, C. Van Loan, Matrix Computations, 4.2).</summary>
internal static class Cholesky
{
    /// <summary>The x of <c>matrix x = right</c>.</summary>
    /// <param name="matrix">Symmetric, positive definite.</param>
    /// <param name="right">One number per row.</param>
    public static double[] Solve(double[][] matrix, double[] right)
    {
        double[][] lower = [.. matrix.Select(static row => new double[row.Length])];
        double[] solution = [.. right];
        for (int i = 0; i < right.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                lower[i][j] = (matrix[i][j] - Dot(lower[i], lower[j], j)) / lower[j][j];
                solution[i] -= lower[i][j] * solution[j];
            }

            lower[i][i] = Math.Sqrt(matrix[i][i] - Dot(lower[i], lower[i], i));
            solution[i] /= lower[i][i];
        }

        for (int i = right.Length - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < right.Length; j++)
            {
                solution[i] -= lower[j][i] * solution[j];
            }

            solution[i] /= lower[i][i];
        }

        return solution;
    }

    private static double Dot(double[] a, double[] b, int count)
    {
        double sum = 0;
        for (int k = 0; k < count; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
