namespace CxrNet.Onnx;

/// <summary>What reading a graph without the engine throws where the file is damaged beyond what <see cref="OnnxManifest"/> looks at.</summary>
internal static class OnnxDamage
{
    /// <summary>Whether an exception says so.</summary>
    public static bool Is(Exception e) => e is InvalidDataException or OverflowException or ArgumentOutOfRangeException;

    /// <summary>The error that names the file.</summary>
    public static CxrModelException In(string source, Exception e) => new(source, $"'{source}' is no ONNX model or is damaged: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
}
