using CxrNet.Torch.Export;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Networks;

/// <summary>Makes the graph of a network of the field from its weights.</summary>
internal static class FieldGraph
{
    // What a state_dict has beside its weights: torch's counter of batches, and torchxrayvision's operating points, whose place is the card.
    private static bool IsNoWeight(string name) => name.EndsWith("num_batches_tracked", StringComparison.Ordinal) || name == "op_threshs";

    /// <summary>Writes it with the outputs <c>logits</c>, <c>pooled</c> and <c>features</c>.</summary>
    /// <exception cref="CxrModelException">The weights do not fit; the message names them.</exception>
    public static GraphProto Write(CxrModelCard card, IReadOnlyDictionary<string, Tensor> tensors, string source, bool halfPrecisionWeights = false)
    {
        FieldFamily family = FieldFamily.Of(card.Network)!;
        return Write(card, new StateDict(StateDictNames.Normalize(tensors, family.FirstWeight, family.HeadWeight, source), source), source, halfPrecisionWeights);
    }

    /// <summary>The same from weights under the network's own names.</summary>
    public static GraphProto Write(CxrModelCard card, StateDict weights, string source, bool halfPrecisionWeights = false)
    {
        FieldFamily family = FieldFamily.Of(card.Network)!;
        OnnxGraphBuilder graph = new(halfPrecisionWeights);
        family.Write(new NetworkWriter(graph, weights), family.ShapeOf(card, source));
        weights.RequireFit(family.Name, IsNoWeight);
        return graph.Graph;
    }

    /// <summary>The card with the input and the outputs that such a graph has.</summary>
    public static CxrModelCard Complete(CxrModelCard card) => card with
    {
        Input = card.Input with { Name = "input" },
        Outputs = new CardOutputs { Logits = "logits", Pooled = "pooled", Features = "features" },
    };
}
