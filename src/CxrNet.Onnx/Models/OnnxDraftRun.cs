namespace CxrNet.Onnx;

/// <summary>Runs a graph on a black image, to see what shapes its tensors have: a graph need not say.</summary>
internal sealed class OnnxDraftRun(OnnxFile file, OnnxParts parts, CardInput input) : IDisposable
{
    private readonly Dictionary<string, OnnxPart> _loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _shapes = new(StringComparer.Ordinal);

    /// <summary>The shape of any tensor for one image.</summary>
    public long[] ShapeOf(string tensor)
    {
        if (_shapes.TryGetValue(tensor, out long[]? known))
        {
            return known;
        }

        // One session does for all outputs; a tensor inside needs a graph of which it is one.
        string key = parts.IsOutput(tensor) ? "" : tensor;
        if (!_loaded.TryGetValue(key, out OnnxPart? part))
        {
            part = OnnxPart.Load(key.Length == 0 ? file : file with { Bytes = parts.WithOutput(tensor) }, OnnxOptions.Default);
            _loaded.Add(key, part);
        }

        int batch = part.FixedBatch(input.Name) ?? 1;
        return _shapes[tensor] = part.ShapeOf(key.Length == 0 ? tensor : parts.FloatNameOf(tensor), [(input.Name, input.ShapeOf(batch), new float[batch * input.Channels * input.Height * input.Width])]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OnnxPart part in _loaded.Values)
        {
            part.Dispose();
        }
    }
}
