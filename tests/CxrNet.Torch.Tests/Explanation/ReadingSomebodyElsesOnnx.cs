using CxrNet.Conformance;
using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Models;
using Google.Protobuf;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Tests.Explanation;

public sealed class ReadingSomebodyElsesOnnx
{
    [Fact]
    public void OperatorsThatOurOwnNetworksDoNotHaveAreComputedToo()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        random.manual_seed(3);
        Tensor w1 = randn([4, 1, 3, 3]), b1 = randn([4]), gamma = rand([4]) + 0.5, beta = randn([4]), mean = randn([4]), variance = rand([4]) + 0.5, head = randn([8, 3]), bias = randn([3]);

        OnnxGraphBuilder g = new();
        Constant(g, "half", tensor(0.5f));
        Constant(g, "scale", tensor(4f));
        Constant(g, "gamma", gamma);
        Constant(g, "beta", beta);
        Constant(g, "mean", mean);
        Constant(g, "variance", variance);
        Constant(g, "head", head);
        Constant(g, "bias", bias);
        string x = g.Node("Div", "normalised", [g.Node("Sub", "shifted", ["image", "half"]), "scale"]);
        x = g.Node("Identity", "same", [g.Node("BatchNormalization", "norm", [g.Conv("conv", x, w1, b1, 2, 0, 1), "gamma", "beta", "mean", "variance"])]);
        x = g.MaxPool("pool", g.Clip("six", x, 0, 6), 2);
        x = g.Concat("dense", [x, g.Node("Mul", "gated", [x, g.Node("Sigmoid", "gate", [x])])]);
        AttributeProto axes = new() { Name = "axes", Type = AttributeProto.Types.AttributeType.Ints };
        axes.Ints.AddRange([2, 3]);
        x = g.Node("ReduceMean", "mean2", [x], null, axes, new AttributeProto { Name = "keepdims", I = 0, Type = AttributeProto.Types.AttributeType.Int });
        x = g.Node("Add", "logits", [g.Node("MatMul", "matmul", [x, "head"]), "bias"], "scores");
        using LayerGraph graph = OnnxLayers.Read(g.Graph, "image", "scores", "somebody", CPU);

        Tensor input = randn([2, 1, 12, 12]);
        Tensor a = functional.conv2d(functional.pad(((input - 0.5) / 4), [0, 1, 0, 1]), w1, b1, [2, 2]);
        a = functional.max_pool2d(functional.batch_norm(a, mean, variance, gamma, beta).clamp(0, 6), 2);
        Tensor features = cat([a, a * a.sigmoid()], 1);
        Tensor expected = features.mean([2, 3]).matmul(head) + bias;

        Tensor?[] found = graph.Run(ExplanationRun.Given(0, input), [graph.Output, graph.Features]);
        Assert.True(found[graph.Output]!.allclose(expected, 1e-4, 1e-5));
        Assert.True(found[graph.Features]!.allclose(features, 1e-4, 1e-5));
        Assert.Equal("dense.Concat", graph.Layers[graph.Features].Name);
    }

    // As the ONNX backend does: what the pooling nearest to the logits reads, of whatever kind it is, and what the card names before all.
    [Theory]
    [InlineData(null, "second.Relu")]
    [InlineData("pool.out", "pool.MaxPool")]
    [InlineData("first.out", "first.Relu")]
    public void ThePlanesAreThoseOfTheNearestPoolingOrThoseThatAreNamed(string? named, string expected)
    {
        using var scope = NewDisposeScope();
        OnnxGraphBuilder g = new();
        Constant(g, "head", randn([2 * 2 * 3, 3]));
        string first = g.Node("Relu", "first", [g.Conv("conv1", "image", randn([3, 1, 3, 3]), randn([3]), 1, 1, 1)], "first.out");
        string pooled = g.MaxPool("early", first, 2);
        string second = g.Node("Relu", "second", [g.Conv("conv2", pooled, randn([3, 3, 3, 3]), randn([3]), 1, 1, 1)], "second.out");
        AttributeProto size = new() { Name = "kernel_shape", Type = AttributeProto.Types.AttributeType.Ints }, step = new() { Name = "strides", Type = AttributeProto.Types.AttributeType.Ints };
        size.Ints.AddRange([2, 2]);
        step.Ints.AddRange([2, 2]);
        string last = g.Node("MaxPool", "pool", [second], "pool.out", size, step);
        g.Node("MatMul", "logits", [g.Flatten("flat", last), "head"], "scores");
        using LayerGraph graph = OnnxLayers.Read(g.Graph, "image", "scores", "somebody", CPU, named);
        Assert.Equal(expected, graph.Layers[graph.Features].Name);
    }

    // A network whose card names what is not there still answers; only a map that needs those planes is refused.
    [Theory]
    [InlineData("none")]
    [InlineData("flat.Flatten")]
    public void PlanesThatAreNoneAreRefusedWhereTheyAreNeeded(string named)
    {
        using var scope = NewDisposeScope();
        OnnxGraphBuilder g = new();
        Constant(g, "head", randn([3, 4]));
        string x = g.Node("GlobalAveragePool", "pool", [g.Node("Relu", "relu", [g.Conv("conv", "image", randn([3, 1, 3, 3]), randn([3]), 1, 1, 1)])]);
        g.Node("MatMul", "logits", [g.Flatten("flat", x), "head"], "scores");
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product) with { Outputs = new CardOutputs { Logits = "scores", Features = named } };
        using ExplainableNetwork network = new(card, OnnxLayers.Read(g.Graph, "image", "scores", "somebody", CPU, named), CPU, 16);
        Assert.Contains($"names '{named}' as its features", Assert.Throws<CxrModelException>(() => new EigenCam(network)).Message, StringComparison.Ordinal);
        Assert.Equal("cam", new ClassicCam(network).Method);
    }

    // Exporters write a bias as an addition where a layer has none of its own.
    [Fact]
    public void FullGradCountsABiasThatIsWrittenAsAnAddition()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        Tensor weight = randn([3, 1, 3, 3]), bias = randn([3]), head = randn([3, 4]);
        float[] own = Map(apart: false), added = Map(apart: true);
        Assert.All(own.Zip(added), static pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        float[] Map(bool apart)
        {
            OnnxGraphBuilder g = new();
            Constant(g, "head", head);
            Constant(g, "bias", bias.view(1, 3, 1, 1));
            string x = g.Conv("conv", "image", weight, apart ? null : bias, 1, 1, 1);
            x = g.Node("Relu", "relu", [apart ? g.Node("Add", "add", [x, "bias"]) : x]);
            g.Node("MatMul", "logits", [g.Flatten("flat", g.Node("GlobalAveragePool", "pool", [x])), "head"], "scores");
            CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product) with { Outputs = new CardOutputs { Logits = "scores" } };
            using ExplainableNetwork network = new(card, OnnxLayers.Read(g.Graph, "image", "scores", "somebody", CPU), CPU, 16);
            return new FullGrad(network).Explain(TinyNetworks.Images(1), "covid19", TestContext.Current.CancellationToken)[0].Values.ToArray();
        }
    }

    [Fact]
    public void AConvolutionThatTheMapReadsPastIsNoStem()
    {
        using var scope = NewDisposeScope();
        OnnxGraphBuilder g = new();
        Constant(g, "head", randn([3, 4]));
        string x = g.Node("Relu", "relu", [g.Conv("conv", "image", randn([3, 1, 3, 3]), randn([3]), 1, 1, 1)]);
        g.Node("MatMul", "logits", [g.Flatten("flat", g.Node("GlobalAveragePool", "pool", [x])), "head"], "logits");
        g.Node("Sigmoid", "map", ["image"], "map");
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product) with { Guard = null };
        card = card with { Outputs = new CardOutputs { Logits = "logits", Map = "map" }, Input = card.Input with { Name = "image" } };
        using GraphNetwork network = new(g.Graph, card, "somebody", CPU);
        (Tensor? logits, Tensor? map, _) = network.Run(zeros(2, 1, card.Input.Height, card.Input.Width));
        Assert.Equal(2, logits!.shape[0]);
        Assert.Equal(0.5f, map!.mean().item<float>());
    }

    [Fact]
    public void ALogitThatIsNoNumberIsRefusedAsByEveryBackend()
    {
        using var scope = NewDisposeScope();
        OnnxGraphBuilder g = new();
        Tensor head = randn([3, 4]);
        head[0, 1] = float.NaN;
        Constant(g, "head", head);
        g.Node("MatMul", "logits", [g.Flatten("flat", g.Node("GlobalAveragePool", "pool", [g.Conv("conv", "image", randn([3, 1, 3, 3]), randn([3]), 1, 1, 1)])), "head"], "scores");
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product) with { Outputs = new CardOutputs { Logits = "scores" } };
        using ExplainableNetwork network = new(card, OnnxLayers.Read(g.Graph, "image", "scores", "somebody", CPU), CPU, 16);
        Assert.Contains("a logit that is no finite number", Assert.Throws<CxrModelException>(() => new GradCam(network).Explain(TinyNetworks.Images(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownOperatorIsNamed()
    {
        OnnxGraphBuilder g = new();
        g.Node("LSTM", "memory", ["input"], "logits");
        CxrModelException error = Assert.Throws<CxrModelException>(() => OnnxLayers.Read(g.Graph, "input", "logits", "file.onnx", CPU));
        Assert.Contains("'LSTM'", error.Message, StringComparison.Ordinal);
        Assert.Contains("file.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotLeadToTheLogitsIsNotRead()
    {
        OnnxGraphBuilder g = new();
        g.Graph.Initializer.Add(new TensorProto { Name = "labels", DataType = 6, RawData = ByteString.CopyFrom(1, 0, 0, 0) });
        g.Node("Relu", "r", ["input"], "logits");
        g.Node("Softmax", "end", ["logits"], "probabilities");
        g.Node("LSTM", "other", ["input"], "aside");
        using LayerGraph graph = OnnxLayers.Read(g.Graph, "input", "logits", "file.onnx", CPU);
        Assert.Equal("r.Relu", graph.Layers[graph.Output].Name);
    }

    [Fact]
    public void AConstantThatIsNoTensorIsNamed()
    {
        OnnxGraphBuilder g = new();
        g.Graph.Node.Add(new NodeProto { OpType = "Constant", Name = "c", Output = { "half" }, Attribute = { new AttributeProto { Name = "value_float", F = 0.5f, Type = AttributeProto.Types.AttributeType.Float } } });
        g.Node("Add", "a", ["input", "half"], "logits");
        Assert.Contains("'half' is written as 'value_float'", Assert.Throws<CxrModelException>(() => OnnxLayers.Read(g.Graph, "input", "logits", "file.onnx", CPU)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData(null)]
    public void LogitsOfAnotherNumberThanTheCardsFindingsAreRefused(string? end)
    {
        CxrModelCard card = ConformanceCards.Classifier;
        string file = Path.Combine(Path.GetTempPath(), $"cxrnet-{Guid.NewGuid():N}.onnx");
        try
        {
            // What ends in a softmax has its logits before it.
            File.WriteAllBytes(file, (TinyOnnx.For(card) with { End = end }).ToBytes());
            using (ExplainableNetwork network = ExplainableNetwork.FromOnnx(file, card))
            {
                Assert.Equal(card.Findings.Count, network.Card.Findings.Count);
            }

            CxrModelCard fewer = card with { Findings = [.. card.Findings.Take(2)] };
            Assert.Contains($"is [1, {card.Findings.Count}] for one image, its card asks for [1, 2]", Assert.Throws<CxrModelException>(() => ExplainableNetwork.FromOnnx(file, fewer)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AMissingOutputIsNamed()
    {
        OnnxGraphBuilder g = new();
        g.Node("Relu", "r", ["input"], "out");
        Assert.Contains("'logits'", Assert.Throws<CxrModelException>(() => OnnxLayers.Read(g.Graph, "input", "logits", "file.onnx", CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereOrHasNoCardIsNamed()
    {
        Assert.Contains("none.onnx", Assert.Throws<CxrModelException>(() => ExplainableNetwork.FromOnnx("none.onnx")).Message, StringComparison.Ordinal);
        string file = Path.Combine(Path.GetTempPath(), $"cxrnet-{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(file, new ModelProto { Graph = new GraphProto() }.ToByteArray());
        try
        {
            Assert.Contains("no model card", Assert.Throws<CxrModelException>(() => ExplainableNetwork.FromOnnx(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Constant(OnnxGraphBuilder graph, string name, Tensor values)
    {
        TensorProto proto = new() { Name = name, DataType = OnnxTypes.Float, RawData = ByteString.CopyFrom(values.contiguous().bytes) };
        proto.Dims.AddRange(values.shape);
        graph.Graph.Initializer.Add(proto);
    }
}
