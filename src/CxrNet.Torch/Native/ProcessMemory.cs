using System.Runtime.InteropServices;

namespace CxrNet.Torch.Native;

/// <summary>Keeps freed memory in the process. libtorch takes every large activation from malloc; glibc's defaults map and fault it in anew each time, which made a training step four to five times slower.</summary>
internal static partial class ProcessMemory
{
    // malloc.h of glibc.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapMax = -4;
    private const int ArenaMax = -8;
    private const int OneGibibyte = 1 << 30;

    /// <summary>Sets glibc's malloc for the whole process; does nothing on other systems. Call it before the first tensor is made.</summary>
    /// <returns>Whether it took effect.</returns>
    public static bool KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return Mallopt(MmapMax, 0) + Mallopt(TrimThreshold, OneGibibyte) + Mallopt(TopPad, OneGibibyte / 16) + Mallopt(ArenaMax, 1) == 4;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // musl has no mallopt
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Mallopt(int parameter, int value);
}
