namespace CxrNet.Onnx;

/// <summary>Takes from an ONNX file what it has learned, layer by layer, for the sanity checks of Adebayo et al. 2018 (arXiv 1810.03292): a map that stays as it was explains the image, not the network.</summary>
/// <remarks>A layer's weights, and its biases, are put into a random order: sizes and signs stay those that the file's number type and the layers behind it can bear, and what they had learned is gone. Everything else is copied byte by byte.</remarks>
public static class OnnxRandomization
{
    private static readonly string[] Weighted = ["Conv", "ConvTranspose", "Gemm", "MatMul"];

    // Exporters put these between stored weights and the operator that uses them.
    private static readonly string[] Passing = ["Cast", "DequantizeLinear", "Identity", "Transpose", "Reshape"];

    /// <summary>The layers with weights of their own, from the head down to the input; each is called by the tensor that it gives.</summary>
    /// <param name="model">The bytes of an .onnx file.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or no operator has weights that the file stores.</exception>
    public static IReadOnlyList<string> Layers(byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        string[] layers = [.. Read(model).Select(l => l.Layer)];
        return layers.Length > 0 ? layers : throw new InvalidDataException($"none of its operators ({string.Join(", ", Weighted)}) reads weights that the file stores as initializers");
    }

    /// <summary>The same file without what some layers have learned.</summary>
    /// <param name="model">The bytes of an .onnx file.</param>
    /// <param name="layers">Some of <see cref="Layers"/>.</param>
    /// <param name="seed">The same seed gives the same order on every machine.</param>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model, or a tensor's values are stored in a way that is not known.</exception>
    /// <exception cref="ArgumentException">There is no layer of that name.</exception>
    public static byte[] Shuffle(byte[] model, IReadOnlyCollection<string> layers, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(layers);
        Dictionary<string, IReadOnlyList<string>> known = Read(model).ToDictionary(static l => l.Layer, static l => l.Weights, StringComparer.Ordinal);
        HashSet<string> tensors = [.. layers.SelectMany(layer => known.TryGetValue(layer, out IReadOnlyList<string>? weights)
            ? weights
            : throw new ArgumentException($"The model has no layer '{layer}' with weights; it has {string.Join(", ", known.Keys)}.", nameof(layers)))];
        return OnnxWeights.Rewrite(model, (name, tensor) => tensors.Contains(name) ? OnnxWeights.Shuffle(name, tensor, seed) : null);
    }

    // An ONNX file's operators come in the order in which they run.
    private static IEnumerable<(string Layer, IReadOnlyList<string> Weights)> Read(byte[] model)
    {
        (List<OnnxNode> nodes, HashSet<string> stored) = OnnxWeights.Read(model);
        Dictionary<string, string> sources = stored.ToDictionary(static name => name, StringComparer.Ordinal);
        List<(string, IReadOnlyList<string>)> layers = [];
        Dictionary<string, List<string>> open = new(StringComparer.Ordinal);
        foreach (OnnxNode node in nodes)
        {
            if (Passing.Contains(node.Operator) && node.Inputs.Count > 0 && sources.TryGetValue(node.Inputs[0], out string? source))
            {
                sources[node.Outputs[0]] = source;
            }
            else if (node is { Operator: "Add", Inputs.Count: 2 } && node.Inputs.FirstOrDefault(open.ContainsKey) is { } layer && node.Inputs.FirstOrDefault(sources.ContainsKey) is { } bias)
            {
                // MatMul has no biases of its own: exporters add them.
                open[layer].Add(sources[bias]);
            }
            else if (Weighted.Contains(node.Operator))
            {
                List<string> weights = [.. node.Inputs.Where(sources.ContainsKey).Select(i => sources[i]).Distinct()];
                if (weights.Count > 0)
                {
                    layers.Add((node.Outputs[0], weights));
                    open[node.Outputs[0]] = weights;
                }
            }
        }

        return Enumerable.Reverse(layers);
    }
}
