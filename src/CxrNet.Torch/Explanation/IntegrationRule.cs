namespace CxrNet.Torch;

/// <summary>How the integral of Integrated Gradients is summed.</summary>
public enum IntegrationRule
{
    /// <summary>Gauss-Legendre nodes and weights: exact for polynomials up to degree 2 steps - 1.</summary>
    GaussLegendre,

    /// <summary>The middle of equal steps.</summary>
    Midpoint,
}
