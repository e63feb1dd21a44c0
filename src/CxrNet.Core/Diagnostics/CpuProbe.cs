using System.Globalization;
using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>The processor.</summary>
internal sealed class CpuProbe : IDiagnosticProbe
{
    public string Area => "cpu";

    public IEnumerable<DiagnosticFact> Look()
    {
        string[] sets = [.. CpuFeatures.Names()];
        yield return new DiagnosticFact(Area, "processor", CpuFeatures.Name ?? RuntimeInformation.ProcessArchitecture.ToString());
        yield return new DiagnosticFact(Area, "cores", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} for this process"));
        bool isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        yield return isX64 && !sets.Contains("AVX2")
            ? new DiagnosticFact(Area, "instruction sets", string.Join(", ", sets), DiagnosticStatus.Warning, "Without AVX2 networks run several times slower; a virtual machine may hide it: choose a processor type that passes it on.")
            : new DiagnosticFact(Area, "instruction sets", string.Join(", ", sets));
        if (!CpuFeatures.HasByteDotProduct)
        {
            yield return new DiagnosticFact(Area, "int8", "no VNNI or dot product", DiagnosticStatus.Note, "int8 models gain little here; use those in single precision.");
        }
    }
}
