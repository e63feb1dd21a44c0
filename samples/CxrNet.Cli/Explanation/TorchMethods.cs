using System.Runtime.CompilerServices;
using CxrNet.Models;
using CxrNet.Torch;

namespace CxrNet.Cli;

/// <summary>The methods that need gradients; none where this build has no libtorch.</summary>
internal static class TorchMethods
{
    public static IReadOnlyList<ExplanationMethod> All { get; } =
#if WITH_TORCH
        List();
#else
        [];
#endif

    /// <summary>Those that look at the planes of a layer.</summary>
    public static IReadOnlyList<ExplanationMethod> OfLayers { get; } =
#if WITH_TORCH
        ByLayers();
#else
        [];
#endif

    // Not inlined, here and below: its caller must run without the assemblies of libtorch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static IReadOnlyList<ExplanationMethod> List() =>
        [.. TorchExplanations.Methods.Select(m => new ExplanationMethod(m.Key, m.Value, c => Create(m.Key, c)))];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExplanationMethod[] ByLayers() => [.. All.Where(static m => TorchExplanations.LooksAtLayers(m.Name))];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchExplanation Create(string name, ExplanationContext context) =>
        TorchExplanations.Create(
            name,
            context.Classifier as TorchClassifier ?? (TorchClassifier)context.Further(() => Load(context.Choice)),
            new TorchExplanationOptions { Layers = context.Layers, Progress = context.Progress });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchClassifier Load(ModelChoice choice)
    {
        TorchOptions options = new() { Threads = choice.Threads, MaxBatch = choice.Batch, KeepFreedMemory = true };
        return choice.File is { } file ? TorchClassifier.Load(file, options) : TorchClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), options, choice.Name);
    }
}
