using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>The native library behind ONNX Runtime: whether it is there, and the session options that it is given.</summary>
internal static class OnnxRuntimeLibrary
{
    private static readonly Lock Gate = new();

    /// <summary>Whether the error says that the native library could not be loaded, wherever in the chain it says so.</summary>
    public static bool IsMissing(Exception error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The error to throw where <see cref="IsMissing"/>.</summary>
    public static CxrModelException Missing(string source, Exception error) => new(
        source,
        $"'{source}' cannot be loaded: ONNX Runtime's native library for {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier} was not found or does not fit; add the package Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA) to the application.",
        error);

    /// <summary>What a session is made with. The caller disposes of it.</summary>
    public static SessionOptions CreateSessionOptions(OnnxFile file, OnnxOptions options)
    {
        Silence();
        SessionOptions session = new()
        {
            IntraOpNumThreads = options.IntraOpThreads,
            // What goes wrong is thrown; the engine's own lines on stderr would say it twice.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
            if (file.Folder is not null)
            {
                // The bytes that were checked are the bytes that are loaded, so the engine has to be told where the file was.
                session.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", file.Folder);
            }

            if (options.CudaDevice is { } device)
            {
                UseCuda(session, file.Source, device);
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void UseCuda(SessionOptions session, string source, int device)
    {
        if (!OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
        {
            throw new CxrModelException(source, $"'{source}' was asked for on CUDA device {device}, but this ONNX Runtime is built without CUDA: add the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime.");
        }

        try
        {
            session.AppendExecutionProvider_CUDA(device);
        }
        catch (OnnxRuntimeException e)
        {
            throw new CxrModelException(source, $"'{source}' was asked for on CUDA device {device}, which cannot be used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Makes the environment where there is none.</summary>
    public static void Silence()
    {
        lock (Gate)
        {
            if (!OrtEnv.IsCreated)
            {
                // By default the engine warns on stderr of GPUs that it did not find. An application that made its own environment keeps it.
                EnvironmentCreationOptions quiet = new() { logId = "CxrNet", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
                OrtEnv.CreateInstanceWithOptions(ref quiet);
            }
        }
    }
}
