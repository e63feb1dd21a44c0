using System.Runtime.CompilerServices;
using CxrNet.Models;
using CxrNet.Torch;

namespace CxrNet.Cli;

/// <summary>The torch backend. Touched only where it is asked for, so that classifying with ONNX loads nothing of it.</summary>
internal static class TorchBackend
{
    public static ICxrClassifier Load(ModelChoice choice) => Run(choice.Name, () => LoadModel(choice));

    public static ILungSegmenter LoadSegmenter(ModelChoice choice) => Run(choice.File ?? BundledModels.Lungs.FileName, () => LoadLungs(choice));

    /// <summary>What can be said of libtorch without loading it where this build has none.</summary>
    public static IDiagnosticProbe Probe()
    {
#if WITH_TORCH
        return MakeProbe();
#else
        return new WithoutLibtorch();
#endif
    }

    /// <summary>Runs what needs libtorch, or says how to get it where this build has none.</summary>
    /// <param name="what">What is asked for, for the error.</param>
    /// <param name="work">Not called where there is no libtorch: TorchSharp would then search the package cache, copy half a gigabyte beside the program and print a page on stdout.</param>
    public static T Run<T>(string what, Func<T> work)
    {
#if WITH_TORCH
        return work();
#else
        throw new CxrModelException(what, $"'{what}': this cxrnet was built without libtorch (half a gigabyte), which train, export and --backend torch need: in a clone of CxrNet run 'eng/libstdcxx-shim.sh dotnet run -c Release -p:WithTorch=true --project samples/CxrNet.Cli -- ...'.");
#endif
    }

    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchLungSegmenter LoadLungs(ModelChoice choice)
    {
        TorchOptions options = new() { Threads = choice.Threads, MaxBatch = choice.Batch, KeepFreedMemory = true };
        return choice.File is not null
            ? TorchLungSegmenter.Load(choice.File, options)
            : TorchLungSegmenter.Load(BundledModels.Lungs.ReadAllBytes(), options, BundledModels.Lungs.FileName);
    }

    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchClassifier LoadModel(ModelChoice choice)
    {
        TorchOptions options = new() { Threads = choice.Threads, MaxBatch = choice.Batch, KeepFreedMemory = true };
        return choice.File is not null
            ? TorchClassifier.Load(choice.File, options)
            : TorchClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), options, choice.Name);
    }

#if WITH_TORCH
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchProbe MakeProbe() => new();
#else
    private sealed class WithoutLibtorch : IDiagnosticProbe
    {
        public string Area => "torch";

        public IEnumerable<DiagnosticFact> Look() => [new DiagnosticFact(Area, "libtorch", "not in this build of cxrnet", DiagnosticStatus.Broken, "train, export and --backend torch need it: in a clone of CxrNet run 'eng/libstdcxx-shim.sh dotnet run -c Release -p:WithTorch=true --project samples/CxrNet.Cli -- ...'.")];
    }
#endif
}
