using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using TorchSharp;

namespace CxrNet.Torch.Tests.Models;

public sealed class LoadingATorchModel
{
    private static readonly CxrModelCard Card = TinyNetworks.Card(TinyNetworks.Product);

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => TorchClassifier.Load("missing.onnx"));
        Assert.Contains("'missing.onnx'", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(5000)]
    public void ATruncatedFileIsOneClearError(int length)
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        byte[] cut = OnnxExport.Classifier(network, Card)[..length];
        CxrModelException error = Assert.Throws<CxrModelException>(() => TorchClassifier.Load(cut, name: "cut.onnx"));
        Assert.StartsWith("'cut.onnx'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void WithoutANetworkInItsCardTheGraphItselfIsRun()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        using TorchClassifier built = TorchClassifier.Load(OnnxExport.Classifier(network, Card)), graph = TorchClassifier.Load(OnnxExport.Classifier(network, Card with { Network = null }));
        CxrPrediction a = built.Classify(TinyNetworks.Images(1)[0]), b = graph.Classify(TinyNetworks.Images(1)[0]);
        Assert.All(a.Logits.Zip(b.Logits), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.All(a.Map!.Values.ToArray().Zip(b.Map!.Values.ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void AGraphThatDoesNotGiveWhatItsCardSaysIsRefused()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        CxrModelCard card = Card with { Network = null };
        byte[] file = OnnxExport.Classifier(network, card);
        Refused(card with { Findings = [new("one")], Outputs = card.Outputs with { Map = null } }, "[1, 4]", "[1, 1]");
        Refused(card with { Outputs = card.Outputs with { Logits = "scores" } }, "'scores'");
        Refused(card with { Input = card.Input with { Name = "image" } }, "'image'");
        Refused(card with { Input = card.Input with { Channels = 3 } }, "1 x 3 x 32 x 32");
        Refused(card with { Input = card.Input with { Layout = TensorLayout.Nhwc } }, "Nhwc");

        void Refused(CxrModelCard other, params string[] expected)
        {
            CxrModelException error = Assert.Throws<CxrModelException>(() => TorchClassifier.Load(file, new TorchOptions { Card = other }));
            Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ANetworkThatIsNotKnownIsNamedWithThoseThatAre()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        byte[] file = OnnxExport.Classifier(network, Card with { Network = new CardNetwork { Family = "vit" } });
        string message = Assert.Throws<CxrModelException>(() => TorchClassifier.Load(file)).Message;
        Assert.Contains("'vit'", message, StringComparison.Ordinal);
        Assert.Contains("densenet121", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsOfAnotherNetworkAreRefused()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        byte[] file = OnnxExport.Classifier(network, Card with { Network = TinyNetworks.Product with { EncoderWidths = [16, 16, 32] } });
        CxrModelException error = Assert.Throws<CxrModelException>(() => TorchClassifier.Load(file));
        Assert.Contains("asks for [16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsThatAreNoNumbersAreRefused()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        using (TorchSharp.torch.no_grad())
        {
            network.state_dict()["encoder.head.bias"].fill_(float.NaN);
        }

        byte[] file = OnnxExport.Classifier(network, Card);
        CxrModelException error = Assert.Throws<CxrModelException>(() => TorchClassifier.Load(file));
        Assert.Contains("no finite numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACudaDeviceThatIsNotThereIsAnErrorAndNoFallBack()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "This machine has a CUDA device.");
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        byte[] file = OnnxExport.Classifier(network, Card);
        CxrModelException error = Assert.Throws<CxrModelException>(() => TorchClassifier.Load(file, new TorchOptions { CudaDevice = 0 }));
        Assert.Contains("CUDA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailedWarmUpLeavesNothingBehind()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);

        // Half of it is odd, so what is enlarged does not fit what skips.
        CxrModelCard odd = Card with { Input = Card.Input with { Height = 34, Width = 34 } };
        byte[] file = OnnxExport.Classifier(network, odd);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Assert.Throws<CxrModelException>(() => TorchClassifier.Load(file, new TorchOptions { WarmUp = true }));

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void StateNamesAreStatedOnceAndWithoutUnderscores()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        string[] names = [.. network.state_dict().Keys];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Contains("map.stem.conv.weight", names);
        Assert.Contains("encoder.levels.0.first.norm.running_var", names);
        Assert.All(names, name => Assert.DoesNotContain("._", name, StringComparison.Ordinal));
    }
}
