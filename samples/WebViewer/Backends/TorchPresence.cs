using System.Runtime.InteropServices;

namespace CxrNet.WebViewer.Backends;

/// <summary>libtorch as a second engine, where it lies beside the application.</summary>
internal static class TorchPresence
{
    public const string Name = "torch";

    /// <summary>Loads it, or says why not.</summary>
    /// <remarks>TorchSharp is not touched where there is no libtorch: it would search the package cache and copy half a gigabyte beside the program.</remarks>
    public static Backend? TryLoad(int threads, out string? missing)
    {
        if (!IsBesideTheApplication())
        {
            missing = "This build has no libtorch (half a gigabyte); start it with -p:WithTorch=true for the second engine and its gradient methods.";
            return null;
        }

        try
        {
            missing = null;
            return TorchBackend.Load(threads);
        }
        catch (CxrModelException e)
        {
            missing = e.Message;
            return null;
        }
    }

    private static bool IsBesideTheApplication()
    {
        string library = OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
        return new[] { "", $"runtimes/{RuntimeInformation.RuntimeIdentifier}/native" }.Any(folder =>
            File.Exists(Path.Combine(AppContext.BaseDirectory, folder, library))
            && Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, folder), "*torch_cpu*").Any());
    }
}
