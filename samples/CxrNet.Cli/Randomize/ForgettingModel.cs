using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>A model that loses its layers, the head's first; what is left of it lies in a file of its own until this is disposed of.</summary>
internal sealed class ForgettingModel : IDisposable
{
    private readonly ModelChoice _model;
    private readonly byte[] _bytes;
    private readonly ulong _seed;
    private readonly string _scratch;

    private ForgettingModel(ModelChoice model, byte[] bytes, IReadOnlyList<string> layers, ulong seed)
    {
        (_model, _bytes, Layers, _seed) = (model, bytes, layers, seed);
        _scratch = Directory.CreateTempSubdirectory("cxrnet-randomize-").FullName;
    }

    /// <summary>The layers with weights, the head's first.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Reads the model, and shuffles it once before anything is explained: weights that cannot be are known at once.</summary>
    /// <exception cref="CxrModelException">The file's weights cannot be shuffled.</exception>
    public static ForgettingModel Of(ModelChoice model, ulong seed)
    {
        byte[] bytes = model.File is { } file ? File.ReadAllBytes(file) : BundledModels.CxrNetS.ReadAllBytes();
        try
        {
            IReadOnlyList<string> layers = OnnxRandomization.Layers(bytes);
            OnnxRandomization.Shuffle(bytes, layers, seed);
            return new ForgettingModel(model, bytes, layers, seed);
        }
        catch (InvalidDataException e)
        {
            throw new CxrModelException(model.Name, $"'{model.Name}' cannot forget layer by layer, which an ONNX file can: {e.Message}", e);
        }
    }

    /// <summary>The model without its first layers; the one that was asked for before is gone.</summary>
    /// <param name="count">How many lose their weights.</param>
    public ModelChoice Without(int count)
    {
        string path = Path.Combine(_scratch, "forgotten.onnx");
        File.WriteAllBytes(path, OnnxRandomization.Shuffle(_bytes, [.. Layers.Take(count)], _seed));
        CopyCard(path);
        return _model with { File = path };
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private void CopyCard(string path)
    {
        if (_model.File is { } file && Path.ChangeExtension(file, ".card.json") is var card && File.Exists(card))
        {
            File.Copy(card, Path.ChangeExtension(path, ".card.json"), overwrite: true);
        }
    }
}
