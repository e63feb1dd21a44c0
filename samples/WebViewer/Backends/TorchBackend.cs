using System.Runtime.CompilerServices;
using CxrNet.Models;
using CxrNet.Torch;
using CxrNet.WebViewer.Explanation;

namespace CxrNet.WebViewer.Backends;

/// <summary>libtorch on the CPU, with the methods that need gradients.</summary>
internal static class TorchBackend
{
    // Not inlined: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Backend Load(int threads)
    {
        TorchOptions options = new() { Threads = threads, KeepFreedMemory = true };
        TorchClassifier classifier = TorchClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), options, BundledModels.CxrNetS.FileName);
        return new Backend(TorchPresence.Name, "libtorch", classifier,
        [
            .. BlackBoxMethods.For(classifier),
            .. TorchExplanations.Methods.Select(m => new ExplanationMethod(m.Key, m.Value, () => TorchExplanations.Create(m.Key, classifier))),
        ]);
    }
}
