using System.Security.Cryptography;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Networks;
using Google.Protobuf;
using Google.Protobuf.Collections;
using static TorchSharp.torch;

namespace CxrNet.Torch.Export;

/// <summary>Writes the networks of this library as ONNX: opset 17, dynamic batch, batch normalisation folded into the convolutions, the card in <c>metadata_props</c>.</summary>
internal static class OnnxExport
{
    private const int Opset = 17;

    // IR 8 goes with opset 17; runtimes of 2022 and later read it.
    private const int IrVersion = 8;

    // A dimension that a graph leaves open.
    private const int AnySize = -1;

    /// <summary>A classifier: input <c>input</c>, outputs <c>logits</c> and, but for an encoder alone, <c>map</c> and <c>pooled</c>, the features of both encoders.</summary>
    /// <exception cref="CxrModelException">Half precision cannot hold a weight.</exception>
    public static byte[] Classifier(CxrNetwork network, CxrModelCard card, bool halfPrecisionWeights = false)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        OnnxGraphBuilder graph = new(halfPrecisionWeights, card.Id);
        network.Export(graph);
        Batched(graph.Graph.Output, "logits", card.Findings.Count);
        if (network.HasMap)
        {
            Batched(graph.Graph.Output, "map", 1, card.Input.Height, card.Input.Width);
            Batched(graph.Graph.Output, "pooled", network.PooledLength);
        }

        return Finish(graph.Graph, card with { Outputs = new CardOutputs { Logits = "logits", Map = network.HasMap ? "map" : null, Pooled = network.HasMap ? "pooled" : null } });
    }

    /// <summary>A segmenter: input <c>input</c>, output <c>map</c>, the lung probability.</summary>
    /// <exception cref="CxrModelException">Half precision cannot hold a weight.</exception>
    public static byte[] Segmenter(MapNetwork network, CxrModelCard card, bool halfPrecisionWeights = false)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        OnnxGraphBuilder graph = new(halfPrecisionWeights, card.Id);
        network.Export(graph, "map", "input", "map");
        Batched(graph.Graph.Output, "map", 1, card.Input.Height, card.Input.Width);
        return Finish(graph.Graph, card with { Outputs = new CardOutputs { Logits = null, Map = "map" } });
    }

    /// <summary>A network of the field: input <c>input</c>, outputs <c>logits</c>, <c>pooled</c> and <c>features</c>.</summary>
    /// <param name="card">Names the family.</param>
    /// <param name="weights">Under torchvision's names, with or without a wrapper's prefix.</param>
    /// <param name="source">Their file, for errors.</param>
    /// <param name="halfPrecisionWeights">Whether weights are stored as fp16.</param>
    /// <exception cref="CxrModelException">The weights do not fit the card's network, or half precision cannot hold one.</exception>
    public static byte[] Field(CxrModelCard card, IReadOnlyDictionary<string, Tensor> weights, string source, bool halfPrecisionWeights = false)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        GraphProto graph = FieldGraph.Write(card, weights, source, halfPrecisionWeights);
        int width = (int)graph.Initializer.First(w => w.Name.StartsWith(FieldFamily.Of(card.Network)!.HeadWeight, StringComparison.Ordinal)).Dims[1];
        Batched(graph.Output, "logits", card.Findings.Count);
        Batched(graph.Output, "pooled", width);
        Batched(graph.Output, "features", width, AnySize, AnySize);
        return Finish(graph, FieldGraph.Complete(card));
    }

    private static byte[] Finish(GraphProto graph, CxrModelCard card)
    {
        Batched(graph.Input, card.Input.Name, card.Input.Channels, card.Input.Height, card.Input.Width);
        CxrModelCard signed = card with { WeightsSha256 = HashOfWeights(graph) };
        ModelProto model = new() { IrVersion = IrVersion, ProducerName = "CxrNet", DocString = card.Description, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        model.MetadataProps.Add(new StringStringEntryProto { Key = CxrModelCardJson.MetadataKey, Value = signed.ToJson() });
        return model.ToByteArray();
    }

    // Over the initializers in graph order: the hash names the weights, whatever the card around them says.
    private static string HashOfWeights(GraphProto graph)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TensorProto tensor in graph.Initializer)
        {
            hash.AppendData(tensor.RawData.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Batched(RepeatedField<ValueInfoProto> values, string name, params ReadOnlySpan<int> dims)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "n" });
        foreach (int dim in dims)
        {
            shape.Dim.Add(dim == AnySize ? new TensorShapeProto.Types.Dimension() : new TensorShapeProto.Types.Dimension { DimValue = dim });
        }

        values.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = OnnxTypes.Float, Shape = shape } } });
    }
}
