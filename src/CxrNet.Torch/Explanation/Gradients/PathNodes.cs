namespace CxrNet.Torch.Explanation;

/// <summary>Nodes and weights that integrate over 0 … 1.</summary>
internal static class PathNodes
{
    /// <summary>Ascending nodes; the weights sum to 1.</summary>
    public static (double[] Nodes, double[] Weights) On01(IntegrationRule rule, int count) => rule == IntegrationRule.Midpoint
        ? ([.. Enumerable.Range(0, count).Select(k => (k + 0.5) / count)], [.. Enumerable.Repeat(1.0 / count, count)])
        : Legendre(count);

    // The nodes are the roots of the Legendre polynomial P_n, found by Newton's method from Tricomi's first guess;
    // on -1 … 1 the weights are 2 / ((1 - x^2) P_n'(x)^2) (Abramowitz and Stegun 25.4.29).
    private static (double[] Nodes, double[] Weights) Legendre(int count)
    {
        double[] nodes = new double[count], weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = -Math.Cos(Math.PI * (i + 0.75) / (count + 0.5)), slope = 1;
            for (int step = 0; step < 100; step++)
            {
                (double value, slope) = Polynomial(count, x);
                double move = value / slope;
                x -= move;
                if (Math.Abs(move) < 1e-15)
                {
                    break;
                }
            }

            (_, slope) = Polynomial(count, x);
            nodes[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return (nodes, weights);
    }

    private static (double Value, double Slope) Polynomial(int degree, double x)
    {
        double before = 1, value = x;
        for (int n = 2; n <= degree; n++)
        {
            (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
        }

        return (value, degree * ((x * value) - before) / ((x * x) - 1));
    }
}
