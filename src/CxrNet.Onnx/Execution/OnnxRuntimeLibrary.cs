using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>The native library behind ONNX Runtime: whether it is there, and its environment, of which a process has one.</summary>
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

    /// <summary>Makes the environment where there is none.</summary>
    public static void Silence() => TryCreate(null);

    /// <summary>Makes the environment, with threads that sessions can share where they are given.</summary>
    /// <returns>False where the process has one already, which then stays as it is.</returns>
    public static bool TryCreate(OrtThreadingOptions? threads)
    {
        lock (Gate)
        {
            if (OrtEnv.IsCreated)
            {
                return false;
            }

            // By default the engine warns on stderr of GPUs that it did not find. An application that made its own environment keeps it.
            EnvironmentCreationOptions quiet = new() { logId = "CxrNet", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, threadOptions = threads };
            OrtEnv.CreateInstanceWithOptions(ref quiet);
            return true;
        }
    }
}
