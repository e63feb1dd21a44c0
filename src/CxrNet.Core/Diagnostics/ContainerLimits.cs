using System.Globalization;
using System.Numerics;

namespace CxrNet;

/// <summary>What a Linux control group lets this process use; https://docs.kernel.org/admin-guide/cgroup-v2.html, and the older interface under cpu/ and memory/.</summary>
/// <param name="Cpus">Processors' worth of time; null for no limit.</param>
/// <param name="MemoryBytes">Null for no limit.</param>
internal readonly record struct ContainerLimits(double? Cpus, long? MemoryBytes)
{
    // The older interface writes "no limit" as a number near the greatest.
    private const long NoLimit = 1L << 60;

    /// <summary>Reads the limits of a group and of those that it lies in; the least counts.</summary>
    /// <param name="root">The mount point, <c>/sys/fs/cgroup</c>.</param>
    /// <param name="group">The group below it, as /proc/self/cgroup names it; a container sees its own group as the root.</param>
    public static ContainerLimits Read(string root, string group = "/")
    {
        // The older interface shows a container its own limits at the root.
        double? cpus = Ratio(Text(root, "cpu/cpu.cfs_quota_us"), Text(root, "cpu/cpu.cfs_period_us"));
        long? bytes = Bytes(Text(root, "memory/memory.limit_in_bytes"));
        string folder = root;
        foreach (string name in (string[])[".", .. group.Split('/', StringSplitOptions.RemoveEmptyEntries)])
        {
            folder = Path.Combine(folder, name);
            string[] time = Text(folder, "cpu.max")?.Split(' ') ?? [];
            cpus = Least(cpus, time.Length == 2 ? Ratio(time[0], time[1]) : null);
            bytes = Least(bytes, Bytes(Text(folder, "memory.max")));
        }

        return new ContainerLimits(cpus, bytes);
    }

    /// <summary>The group of this process; the root where the system does not say, or says one outside of what is mounted.</summary>
    public static string GroupOfThisProcess() =>
        Text("/proc/self", "cgroup")?.Split('\n').FirstOrDefault(static line => line.StartsWith("0::/", StringComparison.Ordinal))?[3..] is { } group && !group.Contains("/..", StringComparison.Ordinal) ? group : "/";

    // "max" and -1 mean no limit.
    private static double? Ratio(string? quota, string? period) =>
        double.TryParse(quota, CultureInfo.InvariantCulture, out double time) && double.TryParse(period, CultureInfo.InvariantCulture, out double of) && time > 0 && of > 0 ? time / of : null;

    private static long? Bytes(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out long bytes) && bytes is > 0 and < NoLimit ? bytes : null;

    private static T? Least<T>(T? a, T? b)
        where T : struct, INumber<T> => a is { } x && b is { } y ? T.Min(x, y) : a ?? b;

    private static string? Text(string folder, string file)
    {
        try
        {
            string path = Path.Combine(folder, file);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
