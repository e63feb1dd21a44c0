using CxrNet.Conformance;
using CxrNet.Imaging;
using CxrNet.TestData;

namespace CxrNet.Onnx.Tests;

/// <summary>Networks as PyTorch exports them, described by a card beside them alone, against PyTorch's own logits.</summary>
public sealed class RunningAThirdPartyModel
{
    // Another machine's convolutions; and, from the pictures, to 8 bits and back.
    private const double FromTensors = 1e-3, FromPictures = 5e-3;

    public static TheoryData<string> Models => ["mobilenet_v2", "densenet_xrv", "softmax_160"];

    [Theory, MemberData(nameof(Models))]
    public void FromReadyTensorsItGivesPyTorchsLogits(string name)
    {
        using Loaded model = new(name);
        Npy inputs = Npy.Read(TestFolders.RequireExternal(name + ".input.npy"));
        using TensorBuffer tensors = TensorBuffer.Over(inputs.Floats, inputs.Shape[0], inputs.Values.Length / inputs.Shape[0]);
        using TensorBuffer logits = TensorBuffer.Rent(inputs.Shape[0], model.Card.Findings.Count);
        model.Classifier.ScoreInputs(tensors, inputs.Shape[0], logits, TestContext.Current.CancellationToken);
        for (int i = 0; i < model.Expected.Values.Length; i++)
        {
            Assert.Equal(model.Expected.Values[i], logits.Values.Span[i], FromTensors * model.Largest);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void FromPicturesTheCardPreparesThemAsTheTrainingDid(string name)
    {
        using Loaded model = new(name);
        GrayImage[] images = [.. Enumerable.Range(0, model.Expected.Shape[0]).Select(static i => GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(TestFolders.RequireExternal($"image{i}.png"))))];
        IReadOnlyList<CxrPrediction> predictions = model.Classifier.Classify(images, TestContext.Current.CancellationToken);
        int[] trained = [.. Enumerable.Range(0, model.Card.Findings.Count).Where(f => model.Card.Findings[f].IsTrained)];
        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(trained.Select(f => model.Card.Findings[f].Name), predictions[i].Findings.Select(static f => f.Name));
            for (int f = 0; f < trained.Length; f++)
            {
                double expected = model.Expected.Values[(i * model.Card.Findings.Count) + trained[f]];
                Assert.Equal(expected, predictions[i].Logits[f], FromPictures * model.Largest);
                if (model.Card.Activation == FindingActivation.Sigmoid)
                {
                    Assert.Equal(1 / (1 + Math.Exp(-predictions[i].Logits[f])), predictions[i].Findings[f].Probability, 1e-6);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void ItsFeaturesGiveMapsThoughTheFileWasExportedWithoutThem(string name)
    {
        using Loaded model = new(name);
        using OnnxFeatureModel features = OnnxFeatureModel.Load(model.Path);
        using EigenCamMap map = new(features);
        GrayImage image = ConformanceImages.Make(1, 300, 260);
        Heatmap heatmap = map.Explain([image], model.Card.Findings.First(static f => f.IsTrained).Name, TestContext.Current.CancellationToken)[0];
        Assert.Equal((features.Width, features.Height), (heatmap.Width, heatmap.Height));
        Assert.True(heatmap.Values.ToArray().Distinct().Count() > 1);
    }

    [Theory, MemberData(nameof(Models))]
    public void ADraftOfItsCardHasWhatTheGraphSays(string name)
    {
        CxrModelCard known = ExternalCards.Of(name), draft = OnnxCardDraft.From(TestFolders.RequireExternal(name + ".onnx")).Card;
        Assert.Equal((known.Input.Name, known.Input.Channels, known.Input.Width, known.Input.Height, known.Input.Layout), (draft.Input.Name, draft.Input.Channels, draft.Input.Width, draft.Input.Height, draft.Input.Layout));
        Assert.Equal(known.Findings.Count, draft.Findings.Count);
        Assert.Equal("logits", draft.Outputs.Logits);
        Assert.NotNull(draft.Outputs.Features);
        Assert.Equal(known.Activation, draft.Activation);
        Assert.Contains("input.normalization", draft.Guesses);
        Assert.DoesNotContain("input.width", draft.Guesses);
    }

    /// <summary>A copy of a model in a folder of its own, with its card beside it.</summary>
    private sealed class Loaded : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Loaded(string name)
        {
            string source = TestFolders.RequireExternal(name + ".onnx");
            Card = ExternalCards.Of(name);
            Path = _folder.File("model.onnx");
            File.Copy(source, Path);
            File.WriteAllText(_folder.File("model.card.json"), Card.ToJson());
            Classifier = OnnxClassifier.Load(Path);
            Expected = Npy.Read(TestFolders.RequireExternal(name + ".logits.npy"));
            Largest = Expected.Values.Max(Math.Abs);
        }

        public string Path { get; }

        public CxrModelCard Card { get; }

        public OnnxClassifier Classifier { get; }

        public Npy Expected { get; }

        public double Largest { get; }

        public void Dispose()
        {
            Classifier.Dispose();
            _folder.Dispose();
        }
    }
}
