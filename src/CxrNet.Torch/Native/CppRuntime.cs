using System.Runtime.InteropServices;

namespace CxrNet.Torch.Native;

/// <summary>What the C++ runtime of this process can do. TorchSharp reports a failed load without the loader's reason, so the reason is looked up here.</summary>
internal static class CppRuntime
{
    /// <summary>Whether libstdc++ has the symbol that binaries of GCC 13 and later ask for.</summary>
    public static bool HasIosBaseLibraryInit() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out nint library)
        && NativeLibrary.TryGetExport(library, "_ZSt21ios_base_library_initv", out _);

    /// <summary>Whether TorchSharp's native library is where the application would load it from.</summary>
    public static bool LibtorchIsBesideTheApplication()
    {
        string native = $"runtimes/{RuntimeInformation.RuntimeIdentifier}/native";
        string file = OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
        return File.Exists(Path.Combine(AppContext.BaseDirectory, file)) || File.Exists(Path.Combine(AppContext.BaseDirectory, native, file));
    }
}
