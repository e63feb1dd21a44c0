namespace CxrNet.Evaluation;

/// <summary>Over what SSIM averages.</summary>
public enum SsimWindow
{
    /// <summary>7 x 7, all alike; sample covariance (divisor 48). scikit-image's default.</summary>
    Uniform7,

    /// <summary>11 x 11, Gaussian of sigma 1.5; population covariance. The paper's.</summary>
    Gaussian,
}
