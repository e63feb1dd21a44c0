using TorchSharp;

namespace CxrNet.Torch.Native;

/// <summary>Loads libtorch and says exactly what is missing where it cannot be.</summary>
internal static class TorchRuntime
{
    private static readonly Lazy<Exception?> Failure = new(TryLoad);

    /// <summary>Makes sure that libtorch is there.</summary>
    /// <exception cref="CxrModelException">It is not; the message says what to add.</exception>
    public static void Require(string modelId)
    {
        if (Failure.Value is { } failure)
        {
            throw new CxrModelException(modelId, Explain(failure), failure);
        }
    }

    private static Exception? TryLoad()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            TorchLog.QuietWarnings();
            using torch.Tensor probe = torch.zeros(1);
            return null;
        }
        catch (Exception e) when (e is NotSupportedException or TypeInitializationException or DllNotFoundException or InvalidOperationException or EntryPointNotFoundException)
        {
            return e;
        }
    }

    private static string Explain(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            if (e.Message.Contains("GLIBCXX_3.4.32", StringComparison.Ordinal))
            {
                return OldCppRuntime;
            }
        }

        return OperatingSystem.IsLinux() && !CppRuntime.HasIosBaseLibraryInit() && CppRuntime.LibtorchIsBesideTheApplication()
            ? OldCppRuntime
            : $"libtorch could not be loaded: {FirstLine(failure)} Add the package TorchSharp-cpu (or libtorch-cpu-linux-x64, libtorch-cpu-win-x64, libtorch-cpu-osx-arm64; a libtorch-cuda one for a GPU) to the application and give it a RuntimeIdentifier.";
    }

    private const string OldCppRuntime =
        "libtorch needs the C++ runtime of GCC 13 (GLIBCXX_3.4.32, the symbol std::ios_base_library_init), this system's libstdc++.so.6 is older (Debian 12 and Ubuntu 22.04 have GCC 12). "
        + "Start the process with LD_LIBRARY_PATH set to the folder that eng/libstdcxx-shim.sh of the CxrNet repository prints, or install libstdc++6 of GCC 13 or later.";

    private static string FirstLine(Exception e) => e.GetBaseException().Message.Split('\n')[0].Trim();
}
