using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>The weighted negative log likelihood of softmax(s u + c), with its derivatives in s and c.</summary>
/// <param name="rows">The u of each row, one number per class.</param>
/// <param name="truth">The class of each row.</param>
/// <param name="weights">What a row of each class counts.</param>
internal sealed class BiasLikelihood(double[][] rows, IReadOnlyList<int> truth, double[] weights)
{
    /// <summary>The value.</summary>
    /// <param name="at">s, then one c per class.</param>
    public double At(double[] at)
    {
        double[] scores = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(rows[i], at[0], at.AsSpan(1), scores);
            double max = TensorPrimitives.Max<double>(scores);
            double own = scores[truth[i]] - max;
            TensorPrimitives.Subtract(scores, max, scores);
            TensorPrimitives.Exp<double>(scores, scores);
            sum += weights[truth[i]] * (Math.Log(TensorPrimitives.Sum<double>(scores)) - own);
        }

        return sum;
    }

    /// <summary>The slope and the curvature.</summary>
    /// <remarks>With <c>p = softmax(s u + c)</c> and the mean <c>ū = p·u</c> the curvature of a row is <c>Σ p (u - ū)²</c>, <c>p_k (u_k - ū)</c> and <c>p_k [k = l] - p_k p_l</c>.</remarks>
    /// <param name="at">s, then one c per class.</param>
    public (double[] Slope, double[][] Curvature) Derivatives(double[] at)
    {
        double[] slope = new double[at.Length];
        double[][] curvature = [.. at.Select(_ => new double[at.Length])];
        double[] p = new double[weights.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double[] u = rows[i];
            double weight = weights[truth[i]];
            TensorPrimitives.MultiplyAdd(u, at[0], at.AsSpan(1), p);

            // TensorPrimitives' softmax overflows from 710 on.
            TensorPrimitives.Subtract(p, TensorPrimitives.Max<double>(p), p);
            TensorPrimitives.SoftMax<double>(p, p);
            double mean = TensorPrimitives.Dot<double>(p, u);
            slope[0] += weight * (mean - u[truth[i]]);
            slope[truth[i] + 1] -= weight;
            for (int k = 0; k < p.Length; k++)
            {
                double share = weight * p[k];
                double apart = u[k] - mean;
                slope[k + 1] += share;
                curvature[0][0] += share * apart * apart;
                curvature[0][k + 1] += share * apart;
                curvature[k + 1][0] += share * apart;
                curvature[k + 1][k + 1] += share;
                for (int l = 0; l < p.Length; l++)
                {
                    curvature[k + 1][l + 1] -= share * p[l];
                }
            }
        }

        return (slope, curvature);
    }
}
