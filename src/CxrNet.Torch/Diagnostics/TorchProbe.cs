using System.Globalization;
using CxrNet.Torch.Native;
using TorchSharp;

namespace CxrNet.Torch;

/// <summary>libtorch: whether it loads and from where, its version, and whether it sees CUDA.</summary>
/// <remarks>Loads libtorch where it lies beside the application; touches nothing of it otherwise.</remarks>
public sealed class TorchProbe : IDiagnosticProbe
{
    private const string Package = "Add the package TorchSharp-cpu (or libtorch-cpu-linux-x64, libtorch-cpu-win-x64, libtorch-cpu-osx-arm64; a libtorch-cuda one for a GPU) to the application and give it a RuntimeIdentifier.";

    /// <inheritdoc/>
    public string Area => "torch";

    /// <inheritdoc/>
    public IEnumerable<DiagnosticFact> Look()
    {
        if (!CppRuntime.LibtorchIsBesideTheApplication())
        {
            return [new DiagnosticFact(Area, "libtorch", "not beside the application", DiagnosticStatus.Broken, Package)];
        }

        try
        {
            TorchRuntime.Require("libtorch");
        }
        catch (CxrModelException e)
        {
            return [new DiagnosticFact(Area, "libtorch", "beside the application, and it does not load", DiagnosticStatus.Broken, e.Message)];
        }

        return Loaded();
    }

    private IEnumerable<DiagnosticFact> Loaded()
    {
        IReadOnlyList<string> paths = LoadedLibraries.Find("torch_cpu");
        yield return new DiagnosticFact(Area, "libtorch", $"{torch.__version__}, {(paths.Count > 0 ? string.Join(" and ", paths) : "from a place that the system does not tell")}");
        yield return new DiagnosticFact(Area, "TorchSharp", typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "unknown");
        yield return new DiagnosticFact(Area, "threads", torch.get_num_threads().ToString(CultureInfo.InvariantCulture));
        yield return torch.cuda.is_available()
            ? new DiagnosticFact(Area, "CUDA", string.Create(CultureInfo.InvariantCulture, $"{torch.cuda.device_count()} devices"))
            : new DiagnosticFact(Area, "CUDA", "not available", DiagnosticStatus.Note, "For an NVIDIA card add a libtorch-cuda package in place of the CPU one, and a driver that fits it.");
    }
}
