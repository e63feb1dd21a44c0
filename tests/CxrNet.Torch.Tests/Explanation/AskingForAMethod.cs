using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

public sealed class AskingForAMethod : IDisposable
{
    private readonly OneThread _oneThread = new();
    private readonly ExplainableNetwork _network;

    public AskingForAMethod()
    {
        using CxrNetwork made = TinyNetworks.Create(TinyNetworks.Product);
        _network = ExplainableNetwork.Of(made, TinyNetworks.Card(TinyNetworks.Product), CPU, 16);
    }

    public void Dispose()
    {
        _network.Dispose();
        _oneThread.Dispose();
    }

    [Fact]
    public void EveryNameMakesTheMethodThatBearsIt()
    {
        foreach (string name in TorchExplanations.Methods.Keys)
        {
            using TorchExplanation method = TorchExplanations.Create(name, _network);
            Assert.Equal(name, method.Method);
        }
    }

    // Who looks at layers refuses one that is not there; the others never ask.
    [Fact]
    public void WhoLooksAtLayersIsKnownByName()
    {
        foreach (string name in TorchExplanations.Methods.Keys)
        {
            bool looks = false;
            try
            {
                TorchExplanations.Create(name, _network, new TorchExplanationOptions { Layers = ["no.such.layer"] }).Dispose();
            }
            catch (CxrModelException)
            {
                looks = true;
            }

            Assert.True(looks == TorchExplanations.LooksAtLayers(name), name);
        }
    }

    [Fact]
    public void EveryPublicMethodHasAName()
    {
        IEnumerable<Type> methods = typeof(TorchExplanation).Assembly.GetExportedTypes().Where(static t => !t.IsAbstract && t.IsAssignableTo(typeof(TorchExplanation)));
        Assert.Equal(methods.Select(static t => t.Name).Order(), TorchExplanations.Methods.Keys.Select(n => TorchExplanations.Create(n, _network).GetType().Name).Order());
    }

    [Theory, InlineData("grad-cam", "gradcam"), InlineData("Grad-CAM++", "gradcam_plusplus"), InlineData("GuidedBackprop", "guided_backprop"), InlineData("lrp-epsilon", "lrp_epsilon")]
    public void HyphensAndCapitalsDoNotMatter(string written, string name)
    {
        using TorchExplanation method = TorchExplanations.Create(written, _network);
        Assert.Equal(name, method.Method);
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheKnownOnes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => TorchExplanations.Create("gradient-cam", _network));
        Assert.Contains("gradcam,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDefaultLayerIsTheLastPlanesBeforePooling()
    {
        Assert.Equal("encoder.levels.1.Relu", _network.DefaultLayer);
        Assert.Contains(_network.DefaultLayer, _network.Layers);
        Assert.Equal(Map([]), Map([_network.DefaultLayer]));
    }

    [Fact]
    public void APartsNameMeansItsLastPlanes() => Assert.Equal(Map(["encoder.levels.0.Relu"]), Map(["encoder.levels.0"]));

    [Fact]
    public void SeveralLayersAreStretchedEnlargedAndAveraged()
    {
        float[] both = Map(["encoder.levels.0", "encoder.levels.1"]), first = Stretched("encoder.levels.0"), second = Stretched("encoder.levels.1");
        Assert.Equal(TinyNetworks.Side * TinyNetworks.Side, both.Length);
        for (int i = 0; i < both.Length; i++)
        {
            Assert.Equal((first[i] + second[i]) / 2, both[i], 1e-4);
        }

        float[] Stretched(string layer)
        {
            Heatmap map = Explain(new() { Layers = [layer] });
            float least = map.Values.ToArray().Min(), most = map.Values.ToArray().Max();
            float[] stretched = Array.ConvertAll(map.Values.ToArray(), v => (v - least) / (most - least + 1e-7f));
            return new Heatmap(map.Width, map.Height, stretched, TinyNetworks.Side, TinyNetworks.Side).ToImageSize().Values.ToArray();
        }
    }

    [Fact]
    public void AnUnknownLayerIsAnsweredWithTheKnownOnes()
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => new GradCam(_network, new() { Layers = ["features"] }));
        Assert.Contains("'features'", error.Message, StringComparison.Ordinal);
        Assert.Contains("encoder.levels.1.Relu", error.Message, StringComparison.Ordinal);

        // Not with all of them: a DenseNet has hundreds.
        error = Assert.Throws<CxrModelException>(() => new GradCam(_network, new() { Layers = ["encoder.levels.7"] }));
        Assert.Contains($"{_network.Layers.Count} others, the nearest in name are encoder.levels.", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 400, error.Message);
    }

    [Theory, InlineData("gradcam"), InlineData("shapleycam"), InlineData("scorecam"), InlineData("ablationcam"), InlineData("eigencam")]
    public void EveryLayerThatIsListedGivesAMap(string method)
    {
        foreach (string layer in _network.Layers)
        {
            using TorchExplanation map = TorchExplanations.Create(method, _network, new() { Layers = [layer] });
            Assert.All(map.Explain(TinyNetworks.Images(1))[0].Values.ToArray(), v => Assert.True(float.IsFinite(v), layer));
        }
    }

    [Theory, InlineData("gradcam"), InlineData("scorecam"), InlineData("guided_gradcam")]
    public void PlanesThatTheLogitsDoNotDependOnAreNoLayer(string method)
    {
        // E1's pooled features are an output of their own.
        const string Pooled = "map.pooled.GlobalAveragePool";
        Assert.DoesNotContain(_network.Graph.Layers, static l => l.Name == Pooled);

        // Asked for, as by a classifier, it is read with the graph.
        using CxrNetwork made = TinyNetworks.Create(TinyNetworks.Product);
        OnnxGraphBuilder written = new();
        made.Export(written);
        using ExplainableNetwork network = new(_network.Card, OnnxLayers.Read(written.Graph, "input", ["logits", written.Graph.Node.Single(static n => n.Name == Pooled).Output[0]], "file.onnx", CPU, out _), CPU, 16);
        Assert.Contains(network.Graph.Layers, static l => l.Name == Pooled && l.IsPlanes);
        Assert.DoesNotContain(Pooled, network.Layers);
        foreach (string name in new[] { Pooled, "map.pooled" })
        {
            CxrModelException error = Assert.Throws<CxrModelException>(() => TorchExplanations.Create(method, network, new() { Layers = [name] }));
            Assert.Contains($"'{name}' whose output is planes that the logits depend on", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("gradcam"), InlineData("scorecam"), InlineData("eigencam")]
    public void ALayerBeforeTheEncoderIsRefusedWhereTheEncoderIsExplained(string method)
    {
        string early = _network.Layers.First(static n => n.StartsWith("map.", StringComparison.Ordinal));
        CxrModelException error = Assert.Throws<CxrModelException>(() => TorchExplanations.Create(method, _network, new() { Layers = [early], Part = ExplainedPart.Encoder }));
        Assert.Contains($"'{early}'", error.Message, StringComparison.Ordinal);
        Assert.Equal("encoder.levels.1.Relu", _network.DefaultLayer);
        Assert.Single(TorchExplanations.Create(method, _network, new() { Layers = [_network.DefaultLayer], Part = ExplainedPart.Encoder }).Explain(TinyNetworks.Images(1)));
    }

    [Fact]
    public void AMapThatIsNotSignedIsThePositivePartOfTheSignedOne()
    {
        Heatmap signed = Explain(new() { Signed = true }), rectified = Explain(new());
        Assert.True(signed.IsSigned && !rectified.IsSigned);
        Assert.Equal(signed.Values.ToArray().Select(static v => Math.Max(0, v)), rectified.Values.ToArray());
    }

    [Fact]
    public void KpcaCamRefusesPlanesWhoseKernelWouldFillTheMemory()
    {
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Plain) with { Input = new CardInput { Height = 80, Width = 80, Normalization = InputNormalization.PerImage } };
        using CxrNetwork made = TinyNetworks.Create(TinyNetworks.Plain);
        using ExplainableNetwork network = ExplainableNetwork.Of(made, card, CPU, 16);
        string early = network.Layers.First(static n => n.StartsWith("map.", StringComparison.Ordinal));
        CxrModelException error = Assert.Throws<CxrModelException>(() => new KpcaCam(network, new() { Layers = [early] }).Explain(TinyNetworks.Images(1)));
        Assert.Contains($"'{early}' of 'tiny' has 80 x 80 cells; KPCA-CAM compares each with every other one and takes 4096 at most.", error.Message, StringComparison.Ordinal);
        Assert.Single(new KpcaCam(network).Explain(TinyNetworks.Images(1)));
    }

    [Fact]
    public void SharingOutAProbabilityIsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new LrpEpsilon(_network, new() { Score = GradientScore.Probability }));
        Assert.Contains("Probability", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DeepLift(_network, new() { Score = GradientScore.LogitPlusLogProbability }));
    }

    [Fact]
    public void CamOfAnEarlierLayerIsRefused() =>
        Assert.Throws<CxrModelException>(() => new ClassicCam(_network, new() { Layers = ["encoder.levels.0"] }));

    [Fact]
    public void NoiseOfTheWrongLengthIsRefused()
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => new SmoothGrad(_network, new() { Noise = new float[7] }).Explain(TinyNetworks.Images(1)));
        Assert.Contains("7 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IntegratedGradients(_network, new() { Steps = 0 }));

        // As floats both are 0, and nothing arrived divided by nothing is no number.
        Assert.Throws<ArgumentOutOfRangeException>(() => new LrpEpsilon(_network, new() { Epsilon = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LrpEpsilon(_network, new() { Epsilon = 1e-46 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmoothGrad(_network, new() { Samples = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreCam(_network, new() { BatchSize = 0 }));
        Assert.Throws<ArgumentException>(() => new GradCam(_network, new() { Score = (GradientScore)9 }));
        Assert.Throws<ArgumentException>(() => new DeepLift(_network, new() { Baseline = float.NaN }));
    }

    [Fact]
    public void ALongMethodSaysHowFarItIs()
    {
        List<ExplanationProgress> heard = [];
        new ScoreCam(_network, new() { BatchSize = 24, Progress = new Listener(heard.Add) }).Explain(TinyNetworks.Images(2));
        Assert.Equal([new(0, 2, 24, 32), new(0, 2, 32, 32), new(1, 2, 24, 32), new(1, 2, 32, 32)], heard);
    }

    [Fact]
    public void ALongMethodCanBeStoppedOnItsWay()
    {
        using CancellationTokenSource stop = new();
        int heard = 0;
        ScoreCam method = new(_network, new()
        {
            BatchSize = 1,
            Progress = new Listener(_ =>
            {
                heard++;
                stop.Cancel();
            }),
        });
        Assert.ThrowsAny<OperationCanceledException>(() => method.Explain(TinyNetworks.Images(1), cancellationToken: stop.Token));
        Assert.Equal(1, heard);
    }

    [Fact]
    public void ADisposedNetworkIsRefused()
    {
        using GradCam method = new(_network);
        _network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => method.Explain(TinyNetworks.Images(1)));
    }

    private float[] Map(string[] layers) => Explain(new() { Layers = layers }).Values.ToArray();

    private Heatmap Explain(TorchExplanationOptions options) => new GradCam(_network, options).Explain(TinyNetworks.Images(1), "viral_pneumonia")[0];

    private sealed class Listener(Action<ExplanationProgress> hear) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => hear(value);
    }
}
