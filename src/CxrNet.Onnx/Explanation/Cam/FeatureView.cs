namespace CxrNet.Onnx;

/// <summary>One image's features, score and place: what a class activation map is made of.</summary>
internal sealed record FeatureView(OnnxFeatureModel Model, ReadOnlyMemory<float> Input, ReadOnlyMemory<float> Features, ReadOnlyMemory<float> Logits, int Target)
{
    /// <summary>Told how many of a method's passes are done, and how many there are; null for nobody.</summary>
    public Action<int, int>? Scored { get; init; }

    /// <summary>One channel's plane, row-major.</summary>
    public ReadOnlySpan<float> Plane(int channel) => Features.Span.Slice(channel * Model.PlaneLength, Model.PlaneLength);

    /// <summary><c>sum_c weights[c] A_c</c>.</summary>
    public float[] Sum(ReadOnlySpan<float> weights)
    {
        float[] map = new float[Model.PlaneLength];
        for (int c = 0; c < weights.Length; c++)
        {
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(Plane(c), weights[c], map, map);
        }

        return map;
    }
}
