namespace CxrNet;

/// <summary>What a guard looks at.</summary>
public enum CardGuardSource
{
    /// <summary>The network's pooled features: the output that <see cref="CardOutputs.Pooled"/> names.</summary>
    Pooled,

    /// <summary>The network's input, averaged down to 16 x 16, row-major.</summary>
    Thumbnail,
}
