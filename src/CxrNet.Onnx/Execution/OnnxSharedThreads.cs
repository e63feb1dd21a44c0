using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>One set of threads for all models that are loaded with <see cref="OnnxOptions.UseSharedThreads"/>. ONNX Runtime makes it with its environment, so it has to be asked for before anything else of ONNX Runtime is used.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class OnnxSharedThreads
{
    private static int _started;

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    public static bool AreStarted => Volatile.Read(ref _started) == 1;

    /// <summary>Makes the threads. Once in a process, before its first model.</summary>
    /// <param name="threads">How many share one forward pass; 0 (the default) is one per physical core.</param>
    /// <param name="allowSpinning">Whether they spin between operations; see <see cref="OnnxOptions.AllowSpinning"/>.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime is in use already.</exception>
    /// <exception cref="CxrModelException">The native library is not there.</exception>
    public static void Start(int threads = 0, bool allowSpinning = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        try
        {
            using OrtThreadingOptions options = new() { GlobalIntraOpNumThreads = threads, GlobalInterOpNumThreads = 1, GlobalSpinControl = allowSpinning };
            if (!OnnxRuntimeLibrary.TryCreate(options))
            {
                throw new InvalidOperationException("ONNX Runtime is in use already, and its threads are made with its environment: call OnnxSharedThreads.Start once, before the first model is loaded.");
            }
        }
        catch (Exception e) when (OnnxRuntimeLibrary.IsMissing(e))
        {
            throw OnnxRuntimeLibrary.Missing("shared threads", e);
        }

        Volatile.Write(ref _started, 1);
    }
}
