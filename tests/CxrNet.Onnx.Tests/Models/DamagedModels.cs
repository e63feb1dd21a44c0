using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>Files that are wrong where only some of what reads them looks.</summary>
internal static class DamagedModels
{
    /// <summary>A file with a second part of its graph: an input whose type says five bytes and has none.</summary>
    public static byte[] WithACutInput(TinyOnnx model) => [.. model.ToBytes(), .. new ProtobufMessage().Message(7, new ProtobufMessage().Field(11, [0x12, 5])).Bytes];
}
