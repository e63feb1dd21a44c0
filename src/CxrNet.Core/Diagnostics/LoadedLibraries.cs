using System.ComponentModel;
using System.Diagnostics;

namespace CxrNet;

/// <summary>The native libraries of this process, as the operating system lists them.</summary>
public static class LoadedLibraries
{
    /// <summary>The full paths of the loaded libraries whose file name holds a text, each once.</summary>
    /// <param name="name">For example <c>onnxruntime</c>; upper and lower case are the same.</param>
    public static IReadOnlyList<string> Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        try
        {
            using Process process = Process.GetCurrentProcess();
            return [.. process.Modules.Cast<ProcessModule>().Select(static m => m.FileName).Where(f => f is not null && IsNative(f) && Path.GetFileName(f).Contains(name, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is Win32Exception or NotSupportedException or InvalidOperationException)
        {
            return []; // not every sandbox lets a process list its own
        }
    }

    // A mapped assembly is a module too on some systems; "Microsoft.ML.OnnxRuntime.dll" is not the native library.
    private static bool IsNative(string path) => (OperatingSystem.IsWindows() || !path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) && !Path.GetFileName(path).StartsWith("Microsoft.ML.", StringComparison.Ordinal);
}
