namespace CxrNet;

/// <summary>The projection of a chest radiograph.</summary>
public enum RadiographView
{
    /// <summary>Not stated.</summary>
    Unknown,

    /// <summary>Frontal, posterior-anterior.</summary>
    PA,

    /// <summary>Frontal, anterior-posterior.</summary>
    AP,

    /// <summary>Lateral (LL, RL, or plain LATERAL).</summary>
    Lateral,

    /// <summary>Oblique.</summary>
    Oblique,
}
