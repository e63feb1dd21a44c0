using System.Globalization;
using CxrNet.TestData;

namespace CxrNet.Onnx.Tests;

/// <summary>A network of golden/explain. Its inputs are ready numbers: the card asks for nothing but that they be passed on.</summary>
internal sealed class GoldenNetwork : IDisposable
{
    private readonly byte[] _model;

    public GoldenNetwork(string name)
    {
        Name = name;
        _model = File.ReadAllBytes(Path($"{name}/model.onnx"));
        Options = new OnnxOptions { IntraOpThreads = 1, Card = Card(name) };
        Classifier = OnnxClassifier.Load(_model, Options, name);
        Features = OnnxFeatureModel.Load(_model, Options, name: name);

        // The "early" layer: what the second ReLU gives.
        Early = OnnxFeatureModel.Load(_model, Options, OnnxParts.Read(_model).OutputsOf("Relu")[1], name);
    }

    public string Name { get; }

    public OnnxOptions Options { get; }

    public OnnxClassifier Classifier { get; }

    public OnnxFeatureModel Features { get; }

    public OnnxFeatureModel Early { get; }

    public static string Path(string relative) => TestFolders.RequireGolden(System.IO.Path.Combine("explain", relative));

    public static GrayImage Input(int index)
    {
        Npy x = Npy.Read(Path("inputs/x.npy"));
        return new GrayImage(64, 64, [.. x.Floats.Skip(index * 64 * 64).Take(64 * 64)]);
    }

    public void Dispose()
    {
        Classifier.Dispose();
        Features.Dispose();
        Early.Dispose();
    }

    private static CxrModelCard Card(string name) => new()
    {
        Id = name,
        Findings = [.. Enumerable.Range(0, 4).Select(i => new CardFinding(i.ToString(CultureInfo.InvariantCulture)))],
        Input = new CardInput { Width = 64, Height = 64 },
    };
}
