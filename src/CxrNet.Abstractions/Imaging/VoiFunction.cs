namespace CxrNet;

/// <summary>DICOM (0028,1056) VOI LUT Function.</summary>
public enum VoiFunction
{
    /// <summary>LINEAR: <c>(v - (c - 0.5)) / (w - 1) + 0.5</c>, clamped to 0 … 1.</summary>
    Linear,

    /// <summary>LINEAR_EXACT: <c>(v - c) / w + 0.5</c>, clamped to 0 … 1.</summary>
    LinearExact,

    /// <summary>SIGMOID: <c>1 / (1 + exp(-4 (v - c) / w))</c>.</summary>
    Sigmoid,
}
