using System.Reflection;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>ONNX Runtime: whether its native library loads and from where, whether it fits the managed part, and which providers it has.</summary>
/// <remarks>Loads the native library.</remarks>
public sealed class OnnxProbe : IDiagnosticProbe
{
    /// <inheritdoc/>
    public string Area => "onnx";

    /// <inheritdoc/>
    public IEnumerable<DiagnosticFact> Look()
    {
        string managed = ManagedVersion();
        string native;
        string[] providers;
        try
        {
            OnnxRuntimeLibrary.Silence();
            native = OrtEnv.Instance().GetVersionString();
            providers = OrtEnv.Instance().GetAvailableProviders();
        }
        catch (Exception e) when (OnnxRuntimeLibrary.IsMissing(e))
        {
            return [new DiagnosticFact(Area, "native library", $"none for managed {managed}: {e.GetBaseException().Message.Split('\n')[0].Trim()}", DiagnosticStatus.Broken, "Add the package Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA) to the application, of the version of the managed part.")];
        }

        return [.. Library(managed, native), .. OnnxProviderFacts.Of(providers)];
    }

    private IEnumerable<DiagnosticFact> Library(string managed, string native)
    {
        IReadOnlyList<string> paths = [.. LoadedLibraries.Find("onnxruntime").Where(static p => !Path.GetFileName(p).Contains("provider", StringComparison.OrdinalIgnoreCase))];
        yield return new DiagnosticFact(Area, "native library", $"{native}, {(paths.Count > 0 ? string.Join(" and ", paths) : "from a place that the system does not tell")}");
        if (managed != native)
        {
            yield return new DiagnosticFact(Area, "managed library", managed, DiagnosticStatus.Warning, $"Managed and native part differ ({managed} and {native}): reference both packages in one version, and look for another application's library on the loader's path.");
        }

        if (paths.Count > 1)
        {
            yield return new DiagnosticFact(Area, "native library", $"{paths.Count} copies in one process", DiagnosticStatus.Warning, "Keep one package with a native ONNX Runtime; two of them take turns by chance.");
        }
    }

    private static string ManagedVersion() =>
        (typeof(InferenceSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+', '-')[0];
}
