namespace CxrNet;

/// <summary>What a model does.</summary>
public enum CxrModelTask
{
    /// <summary>Scores findings.</summary>
    Classification,

    /// <summary>Segments the lungs.</summary>
    LungSegmentation,
}
