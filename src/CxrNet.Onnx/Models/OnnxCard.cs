namespace CxrNet.Onnx;

/// <summary>Reads the card of an ONNX file without an engine.</summary>
public static class OnnxCard
{
    /// <summary>Reads the card that is inside the file, or beside it as <c>name.card.json</c>.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <exception cref="CxrModelException">The file is not there, is damaged or has no card; the message says which.</exception>
    public static CxrModelCard Read(string path) => OnnxFile.Open(path, OnnxOptions.Default).Card;
}
