using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>What methods are made from: the model that is explained, its file, lungs, and how hard to try.</summary>
internal sealed class ExplanationContext(ModelChoice choice, ICxrClassifier classifier, ILungSegmenter? segmenter, int masks, ulong seed) : IDisposable
{
    private OnnxFeatureModel? _features;
    private IDisposable? _further;

    public ModelChoice Choice => choice;

    public ICxrClassifier Classifier => classifier;

    /// <summary>Null where there are no weights for one.</summary>
    public ILungSegmenter? Segmenter => segmenter;

    /// <summary>Random masks, samples or combinations.</summary>
    public int Masks => masks;

    public ulong Seed => seed;

    /// <summary>The layers whose planes the CAMs of libtorch look at; none for the last.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The tensor at which ONNX files are taken apart; the card's, or the planes before the last pooling, where null.</summary>
    public string? FeatureTensor { get; init; }

    /// <summary>Told how far a method is that needs many passes; read when a method is made, null for nobody.</summary>
    public IProgress<ExplanationProgress>? Progress { get; set; }

    /// <summary>Stops what a method does when it is made.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>The same model taken apart at its features; loaded when first asked for.</summary>
    public OnnxFeatureModel Features => _features ??= LoadFeatures();

    /// <summary>Whether there is an ONNX file to take apart.</summary>
    public bool IsOnnx => choice.File is null || !choice.File.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same model in another engine; loaded when first asked for.</summary>
    public IDisposable Further(Func<IDisposable> load) => _further ??= load();

    public void Dispose()
    {
        _further?.Dispose();
        _features?.Dispose();
    }

    private OnnxFeatureModel LoadFeatures()
    {
        OnnxOptions options = new() { IntraOpThreads = choice.Threads, MaxBatch = Math.Max(16, choice.Batch) };
        return choice.File is { } file ? OnnxFeatureModel.Load(file, options, FeatureTensor) : OnnxFeatureModel.Load(BundledModels.CxrNetS.ReadAllBytes(), options, FeatureTensor, choice.Name);
    }
}
