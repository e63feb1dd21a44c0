using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace CxrNet.Benchmarks.Reporting;

/// <summary>The machine that a run was on.</summary>
internal static partial class Machine
{
    /// <summary>Its folder among the results, made from the processor: for example <c>amd-epyc-zen5-2-cores</c>.</summary>
    public static string Name
    {
        get
        {
            string slug = NoLetter().Replace(Marketing().Replace(Processor, " ").ToLowerInvariant(), "-").Trim('-');
            return $"{slug}{(Generation is { } generation ? $"-{generation}" : "")}-{Environment.ProcessorCount}-cores";
        }
    }

    public static string Processor => Cpu("model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    public static string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}{(Cpu("cpu family") is { } family ? $", family {family} model {Cpu("model")}" : "")}, {Environment.ProcessorCount} cores, {(Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : RuntimeInformation.ProcessArchitecture)}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):0} GiB; {RuntimeInformation.OSDescription}");

    // A virtual machine's AMD EPYC keeps its number to itself; the family says the generation.
    private static string? Generation => Cpu("vendor_id") == "AuthenticAMD"
        ? Cpu("cpu family") switch { "23" => "zen2", "25" => "zen4", "26" => "zen5", _ => null }
        : null;

    private static string? Cpu(string key) => !File.Exists("/proc/cpuinfo") ? null
        : File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.Split(':')[0].Trim() == key)?.Split(':', 2)[1].Trim();

    [GeneratedRegex(@"\((R|TM)\)|\bCPU\b|\bProcessor\b|@.*$|\d+-Core", RegexOptions.IgnoreCase)]
    private static partial Regex Marketing();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetter();
}
