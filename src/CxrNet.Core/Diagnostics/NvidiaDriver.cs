using System.Runtime.InteropServices;
using System.Text;

namespace CxrNet;

/// <summary>NVIDIA's driver and devices by its management library, which comes with the driver; https://docs.nvidia.com/deploy/nvml-api.</summary>
internal sealed unsafe class NvidiaDriver
{
    private const int Length = 96;

    private NvidiaDriver(string version, Version? cuda, IReadOnlyList<string> devices) => (Version, Cuda, Devices) = (version, cuda, devices);

    public string Version { get; }

    /// <summary>The newest CUDA that the driver runs.</summary>
    public Version? Cuda { get; }

    /// <summary>Name and memory of each device.</summary>
    public IReadOnlyList<string> Devices { get; }

    /// <summary>Null where there is no driver.</summary>
    public static NvidiaDriver? Find()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out nint library))
        {
            return null;
        }

        try
        {
            return Ask(library);
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    private static NvidiaDriver? Ask(nint library)
    {
        if (((delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "nvmlInit_v2"))() != 0)
        {
            return null;
        }

        try
        {
            byte* text = stackalloc byte[Length];
            string version = ((delegate* unmanaged[Cdecl]<byte*, uint, int>)NativeLibrary.GetExport(library, "nvmlSystemGetDriverVersion"))(text, Length) == 0 ? Read(text) : "unknown";
            int cuda = 0;
            _ = ((delegate* unmanaged[Cdecl]<int*, int>)NativeLibrary.GetExport(library, "nvmlSystemGetCudaDriverVersion_v2"))(&cuda);
            uint count = 0;
            _ = ((delegate* unmanaged[Cdecl]<uint*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetCount_v2"))(&count);
            List<string> devices = [];
            for (uint i = 0; i < count; i++)
            {
                devices.Add(Describe(library, i, text));
            }

            // 12040 is CUDA 12.4.
            return new NvidiaDriver(version, cuda > 0 ? new Version(cuda / 1000, cuda % 1000 / 10) : null, devices);
        }
        finally
        {
            _ = ((delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "nvmlShutdown"))();
        }
    }

    private static string Describe(nint library, uint index, byte* text)
    {
        nint device = 0;
        if (((delegate* unmanaged[Cdecl]<uint, nint*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetHandleByIndex_v2"))(index, &device) != 0
            || ((delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetName"))(device, text, Length) != 0)
        {
            return $"device {index} cannot be asked";
        }

        // nvmlMemory_t: total, free, used.
        ulong* memory = stackalloc ulong[3];
        bool known = ((delegate* unmanaged[Cdecl]<nint, ulong*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetMemoryInfo"))(device, memory) == 0;
        return known ? $"{Read(text)}, {memory[0] >> 20} MiB ({memory[1] >> 20} MiB free)" : Read(text);
    }

    private static string Read(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
