namespace CxrNet.Torch.Export;

/// <summary>The element types of ONNX (TensorProto.DataType) that are used here.</summary>
internal static class OnnxTypes
{
    public const int Float = 1;
    public const int Float16 = 10;
}
