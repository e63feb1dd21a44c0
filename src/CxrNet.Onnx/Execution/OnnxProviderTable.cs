namespace CxrNet.Onnx;

/// <summary>What is known of each provider besides the processor: its names, and what has to be added for it.</summary>
/// <param name="Provider">Ours.</param>
/// <param name="Engine">ONNX Runtime's name for it.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Remedy">What to add, in a sentence without its full stop.</param>
internal sealed record OnnxProviderTable(OnnxProvider Provider, string Engine, string Title, string Remedy)
{
    /// <summary>All but the processor.</summary>
    public static IReadOnlyList<OnnxProviderTable> Known { get; } =
    [
        new(OnnxProvider.Cuda, "CUDAExecutionProvider", "CUDA", "For an NVIDIA card add Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, and install CUDA and cuDNN"),
        new(OnnxProvider.TensorRt, "TensorrtExecutionProvider", "TensorRT", "For TensorRT add Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, and install TensorRT"),
        new(OnnxProvider.DirectMl, "DmlExecutionProvider", "DirectML", "On Windows add Microsoft.ML.OnnxRuntime.DirectML in place of Microsoft.ML.OnnxRuntime"),
        new(OnnxProvider.OpenVino, "OpenVINOExecutionProvider", "OpenVINO", "For OpenVINO add Intel.ML.OnnxRuntime.OpenVino in place of Microsoft.ML.OnnxRuntime"),
        new(OnnxProvider.CoreMl, "CoreMLExecutionProvider", "CoreML", "On macOS and iOS the package Microsoft.ML.OnnxRuntime has it; elsewhere there is none"),
        new(OnnxProvider.Xnnpack, "XnnpackExecutionProvider", "XNNPACK", "On Android and iOS the package Microsoft.ML.OnnxRuntime has it; elsewhere there is none"),
    ];

    /// <summary>The row of a provider that is not the processor.</summary>
    public static OnnxProviderTable Of(OnnxProvider provider) => Known.First(p => p.Provider == provider);
}
