namespace CxrNet;

/// <summary>Which pixels count as neighbours.</summary>
public enum Connectivity
{
    /// <summary>Left, right, above, below.</summary>
    Four,

    /// <summary>Diagonals too.</summary>
    Eight,
}
