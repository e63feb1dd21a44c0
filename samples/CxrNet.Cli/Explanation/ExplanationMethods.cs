using CxrNet.Evaluation;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>All methods of the program, one list after the other: those that any backend has, those of ONNX files, and where this build has libtorch those of gradients.</summary>
internal static class ExplanationMethods
{
    private static readonly ExplanationMethod[] AnyBackend =
    [
        new(Heatmap.OwnMap, "the network's own map, from the same forward pass", c => new NetworkMap(c.Classifier), c => c.Classifier.Card.Outputs.Map is null ? "the model has no map of its own" : null),
        new("occlusion", "a grey square moved over the image", c => new OcclusionMap(c.Classifier, new OcclusionOptions { Progress = c.Progress })),
        new("rise", "the mean of random masks, weighted by the score", c => new RiseMap(c.Classifier, new RiseOptions { Masks = c.Masks, Seed = c.Seed, Progress = c.Progress })),
        new("ablation", "superpixels taken away one by one", c => new FeatureAblationMap(c.Classifier, new FeatureAblationOptions { Progress = c.Progress })),
        new("zones", "lung zones taken away one by one", c => new Named("zones", new FeatureAblationMap(c.Classifier, new FeatureAblationOptions { Regions = LungZoneRegions.Of(c.Segmenter!), Progress = c.Progress })), NoLungs),
        new("lime", "a linear model of superpixels near the image", c => new LimeMap(c.Classifier, new LimeOptions { Samples = c.Masks, Seed = c.Seed, Progress = c.Progress })),
        new("kernel_shap", "Shapley values of superpixels", c => new KernelShapMap(c.Classifier, new SurrogateOptions { Samples = c.Masks, Seed = c.Seed, Progress = c.Progress })),
        new("random", "control: knows nothing", c => new RandomMap(c.Classifier, c.Seed)),
        new("lungs", "control: knows the lungs and not the model", c => new LungMaskMap(c.Segmenter!, c.Classifier.Card), NoLungs),
    ];

    /// <summary>Those that take an ONNX file apart at its features.</summary>
    public static IReadOnlyList<ExplanationMethod> Onnx { get; } =
    [
        .. OnnxExplanations.Methods.Select(m => new ExplanationMethod(m.Key, m.Value, c => OnnxExplanations.Create(m.Key, c.Features, c.Progress, c.Stop), c => c.IsOnnx ? null : "the model is no ONNX file")),
    ];

    /// <summary>In the order of tables. Of two methods of one name the engine's own counts.</summary>
    public static IReadOnlyList<ExplanationMethod> All { get; } = Of("onnx");

    private static IReadOnlyList<ExplanationMethod> Of(string backend) =>
        [.. AnyBackend.Concat(backend == "torch" ? TorchMethods.All.Concat(Onnx) : Onnx.Concat(TorchMethods.All)).DistinctBy(m => m.Name)];

    /// <summary>The methods that a list of names means; "all" for those that this model has, which say that they are from it.</summary>
    /// <param name="names">Separated by commas; hyphens, underscores and capitals do not matter, as in <c>Grad-CAM</c>.</param>
    /// <param name="context">The model.</param>
    /// <param name="note">Told which methods "all" leaves out, and why.</param>
    /// <param name="isDefault">Whether nobody chose the names: then those that this model has not are left out too.</param>
    /// <exception cref="ArgumentException">There is no such method, or not for this model.</exception>
    public static IReadOnlyList<ExplanationMethod> Parse(string names, ExplanationContext context, Action<string> note, bool isDefault = false)
    {
        IReadOnlyList<ExplanationMethod> all = Of(context.Layers.Count > 0 ? "torch" : context.FeatureTensor is not null ? "onnx" : context.Choice.Backend);
        string hint = TorchMethods.All.Count > 0 ? "" : "; those of gradients need a build with -p:WithTorch=true";
        List<ExplanationMethod> chosen = [];
        foreach (string name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (ExplanationName.IsSame(name, "all"))
            {
                foreach (ExplanationMethod method in all)
                {
                    AddIfThere(method);
                }

                continue;
            }

            ExplanationMethod named = all.FirstOrDefault(m => ExplanationName.IsSame(m.Name, name))
                ?? throw new ArgumentException($"'{name}' is no method; there are all, {string.Join(", ", all.Select(m => m.Name))}{hint}.");
            if (isDefault)
            {
                AddIfThere(named);
                continue;
            }

            chosen.Add(named.Missing(context) is { } reason ? throw new ArgumentException($"'{name}' cannot be had: {reason}.") : named);
        }

        // Who is named beside "all" is meant.
        return chosen.Count > 0 ? [.. chosen.GroupBy(m => m.Name).Select(g => g.FirstOrDefault(m => !m.IsUnnamed) ?? g.First())] : throw new ArgumentException($"No method is named; there are all, {string.Join(", ", all.Select(m => m.Name))}.");

        void AddIfThere(ExplanationMethod method)
        {
            if (method.Missing(context) is { } missing)
            {
                note($"'{method.Name}' is left out: {missing}.");
            }
            else
            {
                chosen.Add(method with { IsUnnamed = true });
            }
        }
    }

    /// <summary>Refuses planes that no method looks at: an option that changes nothing is a mistake, and silence would hide it.</summary>
    /// <exception cref="ArgumentException">Layers or a tensor are named, and no CAM of their kind.</exception>
    public static void RequireUse(ExplanationContext context, IReadOnlyList<ExplanationMethod> methods)
    {
        string chosen = string.Join(", ", methods.Select(static m => m.Name));
        if (context.Layers.Count > 0 && !IsAny(methods, TorchMethods.OfLayers))
        {
            throw new ArgumentException(TorchMethods.All.Count == 0
                ? "--layers is for the CAMs of libtorch, which this build has not: build it with -p:WithTorch=true. For ONNX files there is --features."
                : $"--layers is for the CAMs of libtorch, and {chosen} is none.");
        }

        if (context.FeatureTensor is not null && !IsAny(methods, Onnx))
        {
            throw new ArgumentException($"--features is for the CAMs of ONNX files, and {chosen} is none.");
        }
    }

    private static bool IsAny(IReadOnlyList<ExplanationMethod> methods, IReadOnlyList<ExplanationMethod> known) => methods.Any(m => known.Any(k => k.Create == m.Create));

    private static string? NoLungs(ExplanationContext context) =>
        context.Segmenter is null ? "this build has no weights for a lung segmenter, and --lungs names none" : null;

    /// <summary>A method under another name.</summary>
    private sealed class Named(string name, IExplanationMap inner) : IExplanationMap
    {
        public string Method => name;

        public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
            [.. inner.Explain(images, target, cancellationToken).Select(m => new Heatmap(m.Width, m.Height, m.Values.ToArray(), m.ImageWidth, m.ImageHeight, m.Region) { Method = name, Finding = m.Finding, IsSigned = m.IsSigned })];

        public void Dispose() => inner.Dispose();
    }
}
