namespace CxrNet.Onnx.Quantization;

/// <summary>The 8-bit type of activations; weights are int8 always.</summary>
public enum ActivationType
{
    /// <summary>0 to 255: what x86 multiplies with int8 weights in one instruction. The default.</summary>
    UInt8,

    /// <summary>-128 to 127: for engines and accelerators that know no unsigned activations.</summary>
    Int8,
}
