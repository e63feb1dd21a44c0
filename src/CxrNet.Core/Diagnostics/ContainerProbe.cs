using System.Globalization;

namespace CxrNet;

/// <summary>What a container, or the limits of a service, leave of the machine.</summary>
internal sealed class ContainerProbe(string cgroup = "/sys/fs/cgroup") : IDiagnosticProbe
{
    private const double Mebibyte = 1 << 20;
    private const double Comfortable = 512 * Mebibyte;

    public string Area => "container";

    public IEnumerable<DiagnosticFact> Look()
    {
        ContainerLimits limits = ContainerLimits.Read(cgroup, ContainerLimits.GroupOfThisProcess());
        if (limits.Cpus is { } cpus)
        {
            yield return new DiagnosticFact(Area, "processors", string.Create(CultureInfo.InvariantCulture, $"limited to {cpus:0.##}"), DiagnosticStatus.Note, string.Create(CultureInfo.InvariantCulture, $"Engines count the machine's cores, not the limit: set their threads to {Math.Max(1, Math.Floor(cpus)):0}."));
        }

        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string memory = string.Create(CultureInfo.InvariantCulture, $"{available / Mebibyte:N0} MiB for this process{(limits.MemoryBytes is { } bytes ? $", limited to {bytes / Mebibyte:N0} MiB" : "")}");
        yield return available < Comfortable
            ? new DiagnosticFact(Area, "memory", memory, DiagnosticStatus.Warning, "Half a gibibyte or more is comfortable; lower the number of images in a batch, or raise the limit.")
            : new DiagnosticFact(Area, "memory", memory);
    }
}
