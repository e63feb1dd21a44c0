using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CxrNet.Onnx;

/// <summary>The eigenvector of a symmetric matrix's greatest eigenvalue, times the eigenvalue's root; zeros where no eigenvalue is above zero.</summary>
/// <remarks>Lanczos' iteration with full reorthogonalisation (G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., chapter 10), which needs no gap as power iteration does; the small tridiagonal matrix is solved with Jacobi's rotations.</remarks>
internal static class TopEigenvector
{
    private const int MostSteps = 64;
    private const int Sweeps = 60;

    /// <summary>Of a matrix that is at hand.</summary>
    public static double[] Of(double[,] matrix, CancellationToken cancellationToken) => Of(matrix.GetLength(0), vector => Times(matrix, vector), cancellationToken);

    /// <summary>Of a matrix that is known by its products with a vector alone.</summary>
    public static double[] Of(int n, Func<double[], double[]> times, CancellationToken cancellationToken)
    {
        int steps = Math.Min(n, MostSteps);
        List<double[]> basis = [];
        double[] alphas = new double[steps], betas = new double[steps];
        double[] q = Start(n);
        for (int k = 0; k < steps; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            basis.Add(q);
            double[] w = times(q);
            alphas[k] = TensorPrimitives.Dot<double>(w, q);

            // Twice is enough: B. N. Parlett, The Symmetric Eigenvalue Problem, section 6.9.
            for (int again = 0; again < 2; again++)
            {
                foreach (double[] b in basis)
                {
                    TensorPrimitives.MultiplyAdd(b, -TensorPrimitives.Dot<double>(w, b), w, w);
                }
            }

            betas[k] = TensorPrimitives.Norm<double>(w);
            if (betas[k] <= 1e-13 * Math.Max(1e-300, Math.Abs(alphas[0])))
            {
                break;
            }

            TensorPrimitives.Divide(w, betas[k], w);
            q = w;
        }

        return Ritz(basis, alphas, betas);
    }

    private static double[] Ritz(List<double[]> basis, double[] alphas, double[] betas)
    {
        int k = basis.Count;
        double[,] tridiagonal = new double[k, k], vectors = new double[k, k];
        for (int i = 0; i < k; i++)
        {
            tridiagonal[i, i] = alphas[i];
            vectors[i, i] = 1;
            if (i + 1 < k)
            {
                tridiagonal[i, i + 1] = tridiagonal[i + 1, i] = betas[i];
            }
        }

        Diagonalize(tridiagonal, vectors);
        int top = 0;
        for (int i = 1; i < k; i++)
        {
            top = tridiagonal[i, i] > tridiagonal[top, top] ? i : top;
        }

        double[] vector = new double[basis[0].Length];
        double length = Math.Sqrt(Math.Max(0, tridiagonal[top, top]));
        for (int i = 0; i < k; i++)
        {
            TensorPrimitives.MultiplyAdd(basis[i], length * vectors[i, top], vector, vector);
        }

        return vector;
    }

    // Cyclic Jacobi, ibid. section 8.5.
    private static void Diagonalize(double[,] a, double[,] vectors)
    {
        int n = a.GetLength(0);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            double off = 0;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    off += a[p, q] * a[p, q];
                    if (a[p, q] != 0)
                    {
                        Rotate(a, vectors, p, q);
                    }
                }
            }

            if (off == 0)
            {
                return;
            }
        }
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        double tau = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        double c = 1 / Math.Sqrt(1 + (t * t)), s = t * c;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            (a[i, p], a[i, q]) = ((c * a[i, p]) - (s * a[i, q]), (s * a[i, p]) + (c * a[i, q]));
            (vectors[i, p], vectors[i, q]) = ((c * vectors[i, p]) - (s * vectors[i, q]), (s * vectors[i, p]) + (c * vectors[i, q]));
        }

        for (int i = 0; i < a.GetLength(0); i++)
        {
            (a[p, i], a[q, i]) = ((c * a[p, i]) - (s * a[q, i]), (s * a[p, i]) + (c * a[q, i]));
        }
    }

    private static double[] Start(int n)
    {
        Random random = new(1);
        double[] start = new double[n];
        foreach (ref double value in start.AsSpan())
        {
            value = random.NextDouble() - 0.5;
        }

        TensorPrimitives.Divide(start, TensorPrimitives.Norm<double>(start), start);
        return start;
    }

    private static double[] Times(double[,] matrix, double[] vector)
    {
        int n = vector.Length;
        ReadOnlySpan<double> values = MemoryMarshal.CreateReadOnlySpan(ref matrix[0, 0], n * n);
        double[] product = new double[n];
        for (int i = 0; i < n; i++)
        {
            product[i] = TensorPrimitives.Dot(values.Slice(i * n, n), vector);
        }

        return product;
    }
}
