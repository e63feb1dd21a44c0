using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>Which model runs on which engine.</summary>
/// <param name="File">A model file, or null for the model that comes with the program.</param>
/// <param name="Backend"><c>onnx</c> or <c>torch</c>.</param>
/// <param name="Threads">Threads of the engine; 0 for its own choice.</param>
/// <param name="Batch">Most images in one forward pass.</param>
internal sealed record ModelChoice(string? File, string Backend, int Threads, int Batch)
{
    /// <summary>Whether predictions carry what an input guard looks at.</summary>
    public bool KeepFeatures { get; init; }

    /// <summary>A card that takes the place of the model's own, as a site refitted it; null for the model's own.</summary>
    public string? CardFile { get; init; }

    /// <summary>What errors call the model.</summary>
    public string Name => File ?? BundledModels.CxrNetS.FileName;

    /// <summary>The card that the model came with, which names its weights: one of a site may stand in its place.</summary>
    /// <param name="loaded">The card of the model as it was loaded.</param>
    public CxrModelCard OwnCard(CxrModelCard loaded)
    {
        try
        {
            return (CardFile, File) switch
            {
                (null, _) => loaded,
                (_, null) => BundledModels.CxrNetS.Card,
                _ => Cli.CardFile.Read(File!),
            };
        }
        catch (CxrModelException)
        {
            // Somebody else's file has no card of its own.
            return loaded;
        }
    }

    /// <summary>The classifier, with the lung handling that its card asks for before it.</summary>
    public ICxrClassifier Load()
    {
        ICxrClassifier classifier = LoadAlone();
        return classifier.Card.Input.Lungs == LungHandling.None ? classifier : classifier.WithLungHandling((this with { File = null, Backend = "onnx", CardFile = null }).LoadSegmenter());
    }

    /// <summary>The classifier alone: it expects images with the lung handling done.</summary>
    public ICxrClassifier LoadAlone() => Backend switch
    {
        "torch" when CardFile is not null => Calibrated(TorchBackend.Load(this), CardFile),
        "torch" => TorchBackend.Load(this),
        _ => LoadOnnx(),
    };

    /// <summary>The same for a lung segmenter, with the one that comes with the program where no file is named.</summary>
    public ILungSegmenter LoadSegmenter()
    {
        if (Backend == "torch")
        {
            return TorchBackend.LoadSegmenter(this);
        }

        OnnxOptions options = new() { IntraOpThreads = Threads, MaxBatch = Batch };
        if (File is not null)
        {
            return OnnxLungSegmenter.Load(File, options);
        }

        using Stream stream = BundledModels.Lungs.Open();
        return OnnxLungSegmenter.Load(stream, options, BundledModels.Lungs.FileName);
    }

    // A network that this library builds brings its own card, and the site's is read in its place.
    private static CalibratedClassifier Calibrated(ICxrClassifier classifier, string cardFile)
    {
        try
        {
            return classifier.WithCalibration(ReadCard(cardFile));
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    private static CxrModelCard ReadCard(string file) => CxrModelCardJson.Parse(System.IO.File.ReadAllText(file), file);

    private OnnxClassifier LoadOnnx()
    {
        OnnxOptions options = new() { IntraOpThreads = Threads, MaxBatch = Batch, KeepFeatures = KeepFeatures, Card = CardFile is null ? null : ReadCard(CardFile) };
        if (File is not null)
        {
            return OnnxClassifier.Load(File, options);
        }

        using Stream stream = BundledModels.CxrNetS.Open();
        return OnnxClassifier.Load(stream, options, Name);
    }
}
