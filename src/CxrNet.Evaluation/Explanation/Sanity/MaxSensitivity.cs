namespace CxrNet.Evaluation;

/// <summary>How far a map moves when the image hardly does: C.-K. Yeh et al., NeurIPS 2019 (arXiv 1901.09392). The lower the better.</summary>
public static class MaxSensitivity
{
    /// <summary><c>max over k of |E(x + s_k) - E(x)| / |E(x)|</c>, Euclidean norms.</summary>
    /// <param name="explain">E: one map per image, in the same order.</param>
    /// <param name="image">x.</param>
    /// <param name="perturbations">One or more s_k; see <see cref="Perturbations"/>.</param>
    /// <returns>0 or more; NaN where E(x) is all zeros.</returns>
    public static double Of(Func<IReadOnlyList<GrayImage>, IReadOnlyList<float[]>> explain, GrayImage image, IReadOnlyList<float[]> perturbations)
    {
        ArgumentNullException.ThrowIfNull(explain);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(perturbations);
        IReadOnlyList<float[]> maps = explain([image, .. perturbations.Select(s => Perturbations.Apply(image, s, 1))]);
        double norm = Norm(maps[0], null);
        return maps.Skip(1).Select(m => Ratio.OrNaN(Norm(m, maps[0]), norm)).DefaultIfEmpty(double.NaN).Max();
    }

    /// <summary>The same for a map method of this library.</summary>
    /// <param name="map">Any method.</param>
    /// <param name="target">Which finding to explain; by name, since the top one could change.</param>
    /// <param name="image">x.</param>
    /// <param name="perturbations">One or more s_k.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static double Of(IExplanationMap map, string target, GrayImage image, IReadOnlyList<float[]> perturbations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Of(images => [.. map.Explain(images, target, cancellationToken).Select(m => m.Values.ToArray())], image, perturbations);
    }

    private static double Norm(float[] map, float[]? origin)
    {
        double sum = 0;
        for (int i = 0; i < map.Length; i++)
        {
            double value = map[i] - (origin is null ? 0.0 : origin[i]);
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
