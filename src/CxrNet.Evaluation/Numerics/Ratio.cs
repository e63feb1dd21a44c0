namespace CxrNet.Evaluation;

/// <summary>Quotients whose denominator may be zero.</summary>
internal static class Ratio
{
    public static double OrZero(double numerator, double denominator) => denominator == 0 ? 0 : numerator / denominator;

    public static double OrNaN(double numerator, double denominator) => denominator == 0 ? double.NaN : numerator / denominator;
}
