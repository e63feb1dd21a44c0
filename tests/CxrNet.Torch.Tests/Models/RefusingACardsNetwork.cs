using System.Text;
using System.Text.Json;
using CxrNet.Torch.Export;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Networks;
using Google.Protobuf;

namespace CxrNet.Torch.Tests.Models;

/// <summary>A card says how its network is built, and may be wrong or hostile: what it says is looked at before anything is built.</summary>
public sealed class RefusingACardsNetwork
{
    private static readonly CxrModelCard Card = TinyNetworks.Card(TinyNetworks.Product);
    private static readonly CxrModelCard Lungs = Card with { Task = CxrModelTask.LungSegmentation, Findings = [], Outputs = new CardOutputs { Logits = null, Map = "map" } };

    public static TheoryData<CardNetwork> TooLarge => new(
        TinyNetworks.Product with { MapWidths = [.. Enumerable.Repeat(8192, 32)] },
        TinyNetworks.Product with { EncoderWidths = [.. Enumerable.Repeat(8192, 32)] },
        TinyNetworks.Product with { Feed = "image", EncoderWidths = [16, 8192] },
        TinyNetworks.Plain with { EncoderWidths = [8192] });

    [Theory, MemberData(nameof(TooLarge))]
    public void ANetworkThatTheFileCouldNotFillIsNotBuilt(CardNetwork network)
    {
        CxrModelCard card = Card with { Network = network, Outputs = new CardOutputs { Map = network.Feed == "image" ? null : "map" } };
        Refused(() => TorchClassifier.Load(Safetensors(card), name: "small.safetensors"), "small.safetensors", "8192", "the file has");
    }

    [Fact]
    public void ALastLayerThatTheFileCouldNotFillIsNotBuilt()
    {
        CxrModelCard card = Card with { Network = TinyNetworks.Product with { EncoderWidths = [8192] }, Findings = [.. Enumerable.Range(0, 5000).Select(static i => new CardFinding($"f{i}"))] };
        Refused(() => TorchClassifier.Load(Safetensors(card)), "5000 findings", "the file has");
    }

    [Fact]
    public void ASegmenterThatTheFileCouldNotFillIsNotBuilt() =>
        Refused(() => TorchLungSegmenter.Load(Safetensors(Lungs with { Network = new CardNetwork { Family = "unet", MapWidths = [.. Enumerable.Repeat(8192, 32)] } })), "8192", "the file has");

    [Fact]
    public void AFeedOrABlockThatIsNotKnownIsNotTakenForAnother()
    {
        Refused(() => Load(TinyNetworks.Product with { Feed = "Blend" }), "'Blend'", "blend");
        Refused(() => Load(TinyNetworks.Product with { Block = "Plain" }), "'Plain'", "plain");
    }

    [Fact]
    public void ANetworkOfAnotherTaskThanTheCardsIsRefused()
    {
        Refused(() => Load(TinyNetworks.Product with { Family = "unet" }), "unet", "Classification");
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        byte[] file = OnnxExport.Segmenter(network.Map, Lungs);
        Refused(() => TorchLungSegmenter.Load(file), "cxrnet", "LungSegmentation");
    }

    [Fact]
    public void AnEncoderAloneWhoseCardNamesAMapIsRefused() =>
        Refused(() => Load(TinyNetworks.Product with { Feed = "image", MapWidths = [] }), "'image'", "outputs.map");

    [Fact]
    public void ANetworkWithoutLevelsIsRefused()
    {
        Refused(() => Load(TinyNetworks.Product with { MapWidths = [] }), "mapWidths");
        Refused(() => Load(TinyNetworks.Product with { EncoderWidths = [] }), "encoderWidths");
    }

    [Fact]
    public void WeightsOfMoreValuesThanCanBeCountedAreAnErrorThatNamesItsFile()
    {
        TensorProto weights = new() { Name = "map.out.weight", DataType = OnnxTypes.Float };
        weights.Dims.AddRange([1L << 62, 4]);
        GraphProto graph = new();
        graph.Initializer.Add(weights);
        byte[] file = new ModelProto { Graph = graph }.ToByteArray();
        CxrModelCard card = Card with { Network = TinyNetworks.Product with { MapWidths = [1], EncoderWidths = [1] } };
        Refused(() => TorchClassifier.Load(file, new TorchOptions { Card = card }, "half.onnx"), "'half.onnx' cannot be loaded");
    }

    [Fact]
    public void PooledFeaturesThatAreStillPlanesAreRefused()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        byte[] file = OnnxExport.Classifier(network, Card with { Network = null });
        CxrModelCard card = Card with { Network = null, Outputs = new CardOutputs { Map = "map", Pooled = "map.pooled.GlobalAveragePool" } };
        Refused(() => TorchClassifier.Load(file, new TorchOptions { Card = card }), "[1, 32, 1, 1]", "[1, c]");
    }

    // The weights of the tiny network, whatever the card says.
    private static void Load(CardNetwork network)
    {
        using CxrNetwork made = TinyNetworks.Create(TinyNetworks.Product);
        using TorchClassifier classifier = TorchClassifier.Load(OnnxExport.Classifier(made, Card), new TorchOptions { Card = Card with { Network = network } });
    }

    private static byte[] Safetensors(CxrModelCard card)
    {
        string header = JsonSerializer.Serialize(new { __metadata__ = new Dictionary<string, string> { [CxrModelCardJson.MetadataKey] = card.ToJson() } });
        return [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header)];
    }

    private static void Refused(Action load, params string[] expected)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(load);
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }
}
