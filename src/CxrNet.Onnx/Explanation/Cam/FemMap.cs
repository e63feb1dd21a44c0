namespace CxrNet.Onnx;

/// <summary>FEM: planes weighed by their share of unusually strong cells: K. A. A. Fuad et al., IPTA 2020.</summary>
/// <remarks><c>sum_c s_c A_c</c>, s = share of cells above mean + 2 standard deviations (population) of the plane. The same for every finding.</remarks>
public sealed class FemMap : FeatureMap
{
    private const double Deviations = 2;

    /// <summary>Makes the method.</summary>
    /// <param name="model">It stays the caller's.</param>
    public FemMap(OnnxFeatureModel model)
        : base(model)
    {
    }

    /// <inheritdoc/>
    public override string Method => "fem";

    private protected override bool IsClassFree => true;

    private protected override bool IsSigned => false;

    private protected override float[] Explain(FeatureView view, CancellationToken cancellationToken)
    {
        float[] weights = new float[view.Model.Channels];
        for (int c = 0; c < weights.Length; c++)
        {
            ReadOnlySpan<float> plane = view.Plane(c);
            double mean = 0, square = 0;
            foreach (float value in plane)
            {
                mean += value / (double)plane.Length;
            }

            foreach (float value in plane)
            {
                square += (value - mean) * (value - mean);
            }

            double limit = mean + (Deviations * Math.Sqrt(square / plane.Length));
            int above = 0;
            foreach (float value in plane)
            {
                above += value > limit ? 1 : 0;
            }

            weights[c] = above / (float)plane.Length;
        }

        return view.Sum(weights);
    }
}
