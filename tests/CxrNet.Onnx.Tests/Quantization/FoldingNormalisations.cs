using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

/// <summary>What becomes of a batch normalisation hangs on what it reads: planes of a convolution, or something else.</summary>
public sealed class FoldingNormalisations
{
    private static readonly GrayImage[] Images = Quantized.Phantoms(8);

    [Fact]
    public void BehindAMatrixProductItStaysAndTheModelRuns()
    {
        OnnxGraphEditor graph = OnnxGraphEditor.Read(Quantized.Tiny);
        Insert(graph, at: graph.Nodes.FindIndex(static n => n.Outputs[0] == "logits") + 1, "logits", channels: 4);
        byte[] model = graph.Write();

        QuantizationResult result = OnnxQuantizer.Quantize(model, Images, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(result.Nodes, static n => n.Operator == "BatchNormalization");
        Assert.InRange(Quantized.Compare(model, result, Quantized.Phantoms(4, seed: 9)).MaxLogitDifference, 0, 0.1f);
    }

    [Fact]
    public void BehindAFlatteningItStays() => Assert.Equal(1, LeftBehind("flat", channels: 4));

    [Theory]
    [InlineData("features", 4)]
    [InlineData("slowTanh1", 64)]
    [InlineData("pooled", 4)]
    public void BehindAnOperatorOnPlanesItBecomesAConvolution(string tensor, int channels) => Assert.Equal(0, LeftBehind(tensor, channels));

    [Fact]
    public void OnTheImageItselfItStays()
    {
        OnnxGraphEditor graph = OnnxGraphEditor.Read(Quantized.Tiny);
        OnnxNode stem = graph.Nodes[0];
        graph.Nodes[0] = stem.With(["normal", .. stem.Inputs.Skip(1)], stem.Outputs);
        graph.Nodes.Insert(0, Norm(graph, "input", "normal", 1));
        BatchNormFolding.Apply(graph);
        Assert.Contains(graph.Nodes, static n => n.Operator == "BatchNormalization");
    }

    private static int LeftBehind(string tensor, int channels)
    {
        OnnxGraphEditor graph = OnnxGraphEditor.Read(Quantized.Tiny);
        Insert(graph, graph.Nodes.FindIndex(n => n.Outputs[0] == tensor) + 1, tensor, channels);
        BatchNormFolding.Apply(graph);
        using OnnxClassifier classifier = OnnxClassifier.Load(graph.Write());
        return graph.Nodes.Count(static n => n.Operator == "BatchNormalization");
    }

    // The operator before gives another name, so that whoever read the tensor reads what was normalised.
    private static void Insert(OnnxGraphEditor graph, int at, string tensor, int channels)
    {
        string raw = tensor + "Raw";
        graph.Nodes[at - 1] = graph.Nodes[at - 1].With(graph.Nodes[at - 1].Inputs, [raw]);
        graph.Nodes.Insert(at, Norm(graph, raw, tensor, channels));
    }

    private static OnnxNode Norm(OnnxGraphEditor graph, string input, string output, int channels)
    {
        string[] names = [output + "Scale", output + "Shift", output + "Mean", output + "Variance"];
        for (int i = 0; i < names.Length; i++)
        {
            graph.Constants[names[i]] = OnnxTensor.Of(names[i], [.. Enumerable.Range(0, channels).Select(c => 0.5f + (0.1f * (c + i)))], channels);
        }

        return OnnxNode.Create("BatchNormalization", output + "Norm", [input, .. names], output);
    }
}
