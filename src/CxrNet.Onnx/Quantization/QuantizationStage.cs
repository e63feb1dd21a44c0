namespace CxrNet.Onnx.Quantization;

/// <summary>What a quantisation is busy with.</summary>
public enum QuantizationStage
{
    /// <summary>Reading and preparing the calibration images.</summary>
    Preparing,

    /// <summary>Finding the least and greatest value of each activation.</summary>
    Ranges,

    /// <summary>Counting how the values are distributed.</summary>
    Distributions,
}
