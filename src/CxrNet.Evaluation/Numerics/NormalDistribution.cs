namespace CxrNet.Evaluation;

/// <summary>The standard normal distribution, to double precision.</summary>
internal static class NormalDistribution
{
    /// <summary>P(|Z| >= |z|) = erfc(|z| / sqrt 2).</summary>
    public static double TwoSided(double z) => Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The z with P(|Z| &lt;= z) = confidence.</summary>
    public static double CriticalValue(double confidence)
    {
        Guard.Confidence(confidence);

        // Newton on log tail probability: the log is nearly quadratic in z, so a handful of steps suffice from anywhere.
        double target = Math.Log(1 - confidence);
        double z = 1;
        for (int i = 0; i < 60; i++)
        {
            double tail = TwoSided(z);
            double slope = -2 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / tail;
            double step = (Math.Log(tail) - target) / slope;
            z = Math.Max(z - step, z / 8);
            if (Math.Abs(step) < 1e-15 * z)
            {
                break;
            }
        }

        return z;
    }

    /// <summary>The complementary error function for x >= 0: the series DLMF 7.6.2 below 2.5, the continued fraction DLMF 7.9.1 from there on.</summary>
    private static double Erfc(double x)
    {
        if (x < 2.5)
        {
            double term = x;
            double sum = x;
            for (int n = 1; term > sum * 1e-17; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum);
        }

        double fraction = x;
        for (int n = 80; n >= 1; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / (fraction * Math.Sqrt(Math.PI));
    }
}
