using CxrNet.TestData;
using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Tests.Models.StateDicts;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks.Field;

/// <summary>Weights that PyTorch exported, in the networks of this library, against PyTorch's own logits. The exporter folded normalisations into convolutions, and names operators by their modules.</summary>
public sealed class BeingWhatPyTorchComputes
{
    private const double Tolerance = 1e-3;

    [Fact]
    public void TorchxrayvisionsDenseNet() => Compare("densenet_xrv", channels: 1, findings: 18, new() { Family = "densenet121", EncoderWidths = [24, 12], Repeats = [2, 3, 4, 3] });

    // torchvision's width_mult 0.35.
    [Fact]
    public void TorchvisionsMobileNet() => Compare("mobilenet_v2", channels: 3, findings: 14, new() { Family = "mobilenet-v2", EncoderWidths = [16, 8, 8, 16, 24, 32, 56, 112, 1280] });

    [Theory]
    [InlineData("densenet_xrv", 1, 18)]
    [InlineData("mobilenet_v2", 3, 14)]
    public void ItsGraphRunsFromACardAlone(string name, int channels, int findings)
    {
        string file = TestFolders.RequireData($"../external/{name}.onnx");
        CxrModelCard card = Card(name, channels, findings) with { Network = null };
        using TorchClassifier classifier = TorchClassifier.Load(file, new TorchOptions { Card = card with { Input = card.Input with { Name = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file)).Graph.Input[0].Name } } });
        AssertLogits(name, classifier);
    }

    private static void Compare(string name, int channels, int findings, CardNetwork network)
    {
        using var scope = NewDisposeScope();
        byte[] file = File.ReadAllBytes(TestFolders.RequireData($"../external/{name}.onnx"));
        CxrModelCard card = Card(name, channels, findings) with { Network = network };
        using TorchClassifier classifier = FieldNetworks.Load(TorchSave.StateDict(StateDictOf(ModelProto.Parser.ParseFrom(file).Graph, name)), card);
        AssertLogits(name, classifier);
    }

    private static CxrModelCard Card(string name, int channels, int findings)
    {
        int side = Npy.Read(TestFolders.RequireData($"../external/{name}.input.npy")).Shape[^1];
        return new CxrModelCard
        {
            Id = name,
            Activation = FindingActivation.Sigmoid,
            Findings = [.. Enumerable.Range(0, findings).Select(static i => new CardFinding($"finding_{i}"))],
            Input = new CardInput { Channels = channels, Height = side, Width = side },
        };
    }

    private static void AssertLogits(string name, TorchClassifier classifier)
    {
        Npy input = Npy.Read(TestFolders.RequireData($"../external/{name}.input.npy")), expected = Npy.Read(TestFolders.RequireData($"../external/{name}.logits.npy"));
        int count = input.Shape[0];
        using TensorBuffer inputs = TensorBuffer.Rent(count, input.Values.Length / count), logits = TensorBuffer.Rent(count, classifier.Card.Findings.Count);
        input.Floats.CopyTo(inputs.Values.Span);

        classifier.ScoreInputs(inputs, count, logits, TestContext.Current.CancellationToken);

        double largest = expected.Values.Max(Math.Abs);
        Assert.All(expected.Values.Zip(logits.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, Tolerance * largest));
    }

    private static Dictionary<string, Tensor> StateDictOf(GraphProto graph, string source)
    {
        Dictionary<string, Tensor> constants = OnnxTensors.Read(graph.Initializer, source), named = [];
        foreach ((string name, Tensor value) in constants.Where(static c => !c.Key.StartsWith("onnx::", StringComparison.Ordinal)))
        {
            named[name] = value;
        }

        foreach (NodeProto node in graph.Node.Where(static n => n.OpType == "Conv"))
        {
            string module = ModuleOf(node.Name);
            named[module + ".weight"] = constants[node.Input[1]];
            if (node.Input.Count > 2)
            {
                named[module + ".bias"] = constants[node.Input[2]];
            }
        }

        return named;
    }

    // "/features/features.0/features.0.0/Conv": each part is a module's name in its parent, or, inside a Sequential, that with the parent's before it.
    private static string ModuleOf(string node)
    {
        List<string> parts = [];
        foreach (string part in node.Split('/', StringSplitOptions.RemoveEmptyEntries)[..^1])
        {
            if (parts.Count > 0 && part.StartsWith(parts[^1] + ".", StringComparison.Ordinal))
            {
                parts[^1] = part;
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('.', parts);
    }
}
