using System.Globalization;

namespace CxrNet.Benchmarks;

/// <summary>The memory of this process as Linux counts it (proc(5)); NaN elsewhere.</summary>
internal static class ResidentMemory
{
    public static double Megabytes => Read("VmRSS:");

    /// <summary>The highest since <see cref="ResetPeak"/>, or since the start.</summary>
    public static double PeakMegabytes => Read("VmHWM:");

    /// <summary>Starts the peak anew from what is resident now; where that is not allowed it stays the peak since the start.</summary>
    public static void ResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static double Read(string name)
    {
        if (!File.Exists("/proc/self/status"))
        {
            return double.NaN;
        }

        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
