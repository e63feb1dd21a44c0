using System.Runtime;
using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>.NET and the operating system.</summary>
internal sealed partial class RuntimeProbe : IDiagnosticProbe
{
    public string Area => "runtime";

    public IEnumerable<DiagnosticFact> Look()
    {
        yield return new DiagnosticFact(Area, "CxrNet", typeof(RuntimeProbe).Assembly.GetName().Version?.ToString(3) ?? "unknown");
        yield return new DiagnosticFact(Area, ".NET", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC");
        yield return new DiagnosticFact(Area, "system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}{(GlibcVersion() is { } glibc ? $", glibc {glibc}" : "")}");
        if (RuntimeInformation.ProcessArchitecture != RuntimeInformation.OSArchitecture)
        {
            yield return new DiagnosticFact(Area, "process", $"{RuntimeInformation.ProcessArchitecture} on {RuntimeInformation.OSArchitecture}: emulated", DiagnosticStatus.Warning, $"Run the {RuntimeInformation.OSArchitecture} build of .NET; emulation is several times slower.");
        }
    }

    private static string? GlibcVersion()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Marshal.PtrToStringUTF8(GnuGetLibcVersion()) : null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null; // musl
        }
    }

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GnuGetLibcVersion();
}
