using System.Runtime.InteropServices;

namespace CxrNet.Torch.Native;

/// <summary>libtorch's own log lines. Its warnings on stderr (no NNPACK on this CPU, once an operator and thread) tell an application's user nothing.</summary>
internal static class TorchLog
{
    private const int Error = 2;

    /// <summary>Raises libtorch's log level from warnings to errors, unless TORCH_CPP_LOG_LEVEL says what is wanted.</summary>
    /// <remarks>libtorch reads that variable only when Python starts it; elsewhere the flag behind it has to be set.</remarks>
    public static unsafe void QuietWarnings()
    {
        if (Environment.GetEnvironmentVariable("TORCH_CPP_LOG_LEVEL") is null or "ERROR"
            && NativeLibrary.TryLoad(LibraryName, out nint library)
            && NativeLibrary.TryGetExport(library, "FLAGS_caffe2_log_level", out nint level))
        {
            *(int*)level = Error;
        }
    }

    private static string LibraryName => OperatingSystem.IsWindows() ? "c10.dll" : OperatingSystem.IsMacOS() ? "libc10.dylib" : "libc10.so";
}
