using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.WebViewer.Backends;

/// <summary>The same model in every engine that is there, and the lung segmenter that they share. Safe for concurrent use.</summary>
internal sealed class BackendSet : IDisposable
{
    private static readonly GrayImage Phantom = ChestPhantom.Create(new PhantomOptions { Width = 64, Height = 64 }).Image;

    private BackendSet(IReadOnlyList<Backend> all, ILungSegmenter segmenter, string? torchMissing) => (All, Segmenter, TorchMissing) = (all, segmenter, torchMissing);

    /// <summary>ONNX Runtime first.</summary>
    public IReadOnlyList<Backend> All { get; }

    public ILungSegmenter Segmenter { get; }

    /// <summary>Why libtorch is not among them; null where it is.</summary>
    public string? TorchMissing { get; }

    /// <summary>What the model says of itself.</summary>
    public CxrModelCard Card => All[0].Classifier.Card;

    /// <summary>Loads what is there.</summary>
    /// <param name="threads">Of one forward pass; 0 for the engine's own choice.</param>
    /// <exception cref="CxrModelException">ONNX Runtime or the weights are missing.</exception>
    public static BackendSet Load(int threads)
    {
        OnnxOptions options = new() { IntraOpThreads = threads };
        Backend onnx = OnnxBackend.Load(options);
        OnnxLungSegmenter segmenter = OnnxLungSegmenter.Load(BundledModels.Lungs.ReadAllBytes(), options, BundledModels.Lungs.FileName);
        Backend? torch = TorchPresence.TryLoad(threads, out string? missing);
        return new BackendSet(torch is null ? [onnx] : [onnx, torch], segmenter, missing);
    }

    /// <summary>The engine of that name; the first where none is named.</summary>
    /// <exception cref="ArgumentException">There is no such engine.</exception>
    public Backend Get(string? name) => name is null
        ? All[0]
        : All.FirstOrDefault(b => b.Name == name)
            ?? throw new ArgumentException($"There is no engine '{name}'; there is {string.Join(", ", All.Select(b => b.Name))}.{(name == TorchPresence.Name ? " " + TorchMissing : "")}");

    /// <summary>Runs every model once on a small phantom.</summary>
    /// <exception cref="CxrModelException">One of them fails.</exception>
    public void Probe()
    {
        Segmenter.Segment([Phantom]);
        foreach (Backend backend in All)
        {
            backend.Classifier.Classify([Phantom]);
        }
    }

    public void Dispose()
    {
        foreach (Backend backend in All)
        {
            backend.Dispose();
        }

        Segmenter.Dispose();
    }
}
