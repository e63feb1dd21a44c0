namespace CxrNet.Onnx.Quantization;

/// <summary>How the range of an activation is chosen from what calibration images gave.</summary>
public enum CalibrationMethod
{
    /// <summary>From the least to the greatest value: nothing is cut off. The default: with weights of one scale per channel and ranges that ReLU6 bounds it was the closest to fp32 on the model that ships.</summary>
    MinMax,

    /// <summary>All but a small share of the values lies within: robust to single outliers.</summary>
    Percentile,

    /// <summary>The range whose 8-bit form keeps the most of the distribution: least Kullback-Leibler divergence (S. Migacz, "8-bit Inference with TensorRT", GTC 2017).</summary>
    Entropy,
}
