using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Benchmarks.Backends;

/// <summary>One of ONNX Runtime's execution providers.</summary>
/// <param name="Name">The short name.</param>
/// <param name="Engine">ONNX Runtime's own name of it.</param>
/// <param name="Package">What brings it.</param>
/// <param name="Append">Asks for it.</param>
public sealed record ExecutionProvider(string Name, string Engine, string Package, Action<SessionOptions> Append)
{
    private static readonly ExecutionProvider[] All =
    [
        new("CPU", "CPUExecutionProvider", "Microsoft.ML.OnnxRuntime", static _ => { }),
        new("CUDA", "CUDAExecutionProvider", "Microsoft.ML.OnnxRuntime.Gpu", static o => o.AppendExecutionProvider_CUDA(0)),
        new("TensorRT", "TensorrtExecutionProvider", "Microsoft.ML.OnnxRuntime.Gpu", static o => o.AppendExecutionProvider_Tensorrt(0)),
        new("DirectML", "DmlExecutionProvider", "Microsoft.ML.OnnxRuntime.DirectML", static o => o.AppendExecutionProvider_DML(0)),
    ];

    /// <summary>Those that a session can be made with here; the others are among the skips.</summary>
    public static IReadOnlyList<ExecutionProvider> Present() => [.. All.Where(static provider => provider.IsPresent())];

    public override string ToString() => Name;

    private bool IsPresent()
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains(Engine))
        {
            Skips.Add($"{Name} provider", $"this ONNX Runtime is built without it; {Package} brings it.");
            return false;
        }

        try
        {
            using SessionOptions options = new();
            Append(options);
            return true;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException)
        {
            Skips.Add($"{Name} provider", $"it is in this ONNX Runtime and does not start: {e.Message.Split('\n')[0]}");
            return false;
        }
    }
}
