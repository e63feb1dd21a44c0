using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>Switches a provider on, or says what is missing.</summary>
internal static class OnnxProviders
{
    /// <summary>Requires a provider and adds it to a session's options.</summary>
    /// <exception cref="CxrModelException">This build of ONNX Runtime has none, or the machine has not what it needs; the message says which, and what to do.</exception>
    public static void Append(SessionOptions session, string source, OnnxOptions options)
    {
        if (options.Provider == OnnxProvider.Cpu)
        {
            return;
        }

        OnnxProviderTable wanted = OnnxProviderTable.Of(options.Provider);
        string[] found = OrtEnv.Instance().GetAvailableProviders();
        if (!found.Contains(wanted.Engine))
        {
            throw new CxrModelException(source, $"'{source}' was asked for on {wanted.Title}, but this ONNX Runtime {OrtEnv.Instance().GetVersionString()} is built with {string.Join(", ", found)} only. {wanted.Remedy}.");
        }

        try
        {
            Append(session, options.Provider, options.Device, options.ProviderOptions);
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            throw new CxrModelException(source, $"'{source}' was asked for on {wanted.Title}, device {options.Device}, which cannot be used: {e.Message.ReplaceLineEndings(" ")}. Install the driver and the libraries that the message names, in the versions that this ONNX Runtime was built with.", e);
        }
    }

    /// <summary>The engine's own call for each provider.</summary>
    internal static void Append(SessionOptions session, OnnxProvider provider, int device, IReadOnlyDictionary<string, string> own)
    {
        Dictionary<string, string> settings = own.ToDictionary(static s => s.Key, static s => s.Value, StringComparer.Ordinal);
        switch (provider)
        {
            case OnnxProvider.Cuda:
                Cuda(session, device, settings);
                break;
            case OnnxProvider.TensorRt:
                settings.TryAdd("device_id", $"{device}");
                using (OrtTensorRTProviderOptions tensorRt = new())
                {
                    tensorRt.UpdateOptions(settings);
                    session.AppendExecutionProvider_Tensorrt(tensorRt);
                }

                // What TensorRT cannot run stays on the card.
                Cuda(session, device, []);
                break;
            case OnnxProvider.DirectMl:
                // DirectML's own conditions: https://onnxruntime.ai/docs/execution-providers/DirectML-ExecutionProvider.html#configuration-options.
                session.EnableMemoryPattern = false;
                session.ExecutionMode = ExecutionMode.ORT_SEQUENTIAL;
                session.AppendExecutionProvider_DML(device);
                break;
            case OnnxProvider.OpenVino:
                session.AppendExecutionProvider("OpenVINO", settings);
                break;
            case OnnxProvider.CoreMl:
                session.AppendExecutionProvider("CoreML", settings);
                break;
            default:
                session.AppendExecutionProvider("XNNPACK", settings);
                break;
        }
    }

    private static void Cuda(SessionOptions session, int device, Dictionary<string, string> settings)
    {
        settings.TryAdd("device_id", $"{device}");
        using OrtCUDAProviderOptions cuda = new();
        cuda.UpdateOptions(settings);
        session.AppendExecutionProvider_CUDA(cuda);
    }
}
