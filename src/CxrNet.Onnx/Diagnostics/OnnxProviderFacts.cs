using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>The execution providers of the loaded ONNX Runtime: which are built in and can be switched on, and what the others need.</summary>
internal static class OnnxProviderFacts
{
    private const string Area = "onnx";

    public static IEnumerable<DiagnosticFact> Of(IReadOnlyCollection<string> found)
    {
        yield return new DiagnosticFact(Area, "providers", string.Join(", ", found));
        foreach (OnnxProviderTable known in OnnxProviderTable.Known)
        {
            yield return !found.Contains(known.Engine)
                ? new DiagnosticFact(Area, known.Title, "not in this build of ONNX Runtime", DiagnosticStatus.Note, known.Remedy + ".")
                : Obstacle(known.Provider) is { } obstacle
                    ? new DiagnosticFact(Area, known.Title, $"in this build, but it cannot be used: {obstacle}", DiagnosticStatus.Warning, "Install the driver and the libraries that the message names, in the versions that this ONNX Runtime was built with.")
                    : new DiagnosticFact(Area, known.Title, "can be switched on");
        }
    }

    // Only trying tells: a provider that is built in still needs its driver and libraries.
    private static string? Obstacle(OnnxProvider provider)
    {
        try
        {
            using SessionOptions session = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            OnnxProviders.Append(session, provider, device: 0, OnnxOptions.Default.ProviderOptions);
            return null;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return e.Message.ReplaceLineEndings(" ").Trim();
        }
    }
}
