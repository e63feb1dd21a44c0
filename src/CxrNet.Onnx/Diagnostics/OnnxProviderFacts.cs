using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>The execution providers of the loaded ONNX Runtime: which are built in and can be switched on, and what the others need.</summary>
internal static class OnnxProviderFacts
{
    private const string Area = "onnx";

    private static readonly (string Engine, string Title, string Remedy)[] Known =
    [
        ("CUDAExecutionProvider", "CUDA", "For an NVIDIA card add Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime."),
        ("TensorrtExecutionProvider", "TensorRT", "For TensorRT add Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, and install TensorRT."),
        ("DmlExecutionProvider", "DirectML", "On Windows add Microsoft.ML.OnnxRuntime.DirectML in place of Microsoft.ML.OnnxRuntime."),
        ("OpenVINOExecutionProvider", "OpenVINO", "For OpenVINO add Intel.ML.OnnxRuntime.OpenVino in place of Microsoft.ML.OnnxRuntime."),
        ("CoreMLExecutionProvider", "CoreML", "On macOS the package Microsoft.ML.OnnxRuntime has it."),
        ("XnnpackExecutionProvider", "XNNPACK", "On Android and iOS the package Microsoft.ML.OnnxRuntime has it."),
    ];

    public static IEnumerable<DiagnosticFact> Of(IReadOnlyCollection<string> found)
    {
        yield return new DiagnosticFact(Area, "providers", string.Join(", ", found));
        foreach ((string engine, string title, string remedy) in Known)
        {
            yield return !found.Contains(engine)
                ? new DiagnosticFact(Area, title, "not in this build of ONNX Runtime", DiagnosticStatus.Note, remedy)
                : Obstacle(engine) is { } obstacle
                    ? new DiagnosticFact(Area, title, $"in this build, but it cannot be used: {obstacle}", DiagnosticStatus.Warning, "Install the driver and the libraries that the message names, in the versions that this ONNX Runtime was built with.")
                    : new DiagnosticFact(Area, title, "can be switched on");
        }
    }

    // Only trying tells: a provider that is built in still needs its driver and libraries.
    private static string? Obstacle(string engine)
    {
        try
        {
            using SessionOptions session = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            switch (engine)
            {
                case "CUDAExecutionProvider":
                    session.AppendExecutionProvider_CUDA();
                    break;
                case "TensorrtExecutionProvider":
                    session.AppendExecutionProvider_Tensorrt();
                    break;
                case "DmlExecutionProvider":
                    session.AppendExecutionProvider_DML();
                    break;
                default:
                    session.AppendExecutionProvider(engine.Replace("ExecutionProvider", "", StringComparison.Ordinal).Replace("Xnnpack", "XNNPACK", StringComparison.Ordinal));
                    break;
            }

            return null;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return e.Message.ReplaceLineEndings(" ").Trim();
        }
    }
}
