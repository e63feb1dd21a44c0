namespace CxrNet;

/// <summary>Conveniences on top of <see cref="IExplanationMap"/>.</summary>
public static class ExplanationMapExtensions
{
    /// <summary>Explains one image.</summary>
    /// <param name="map">Any method.</param>
    /// <param name="image">A grey plane of any size.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>A raw map at the method's own resolution.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="ArgumentException">The model has no finding of that name.</exception>
    public static Heatmap Explain(this IExplanationMap map, GrayImage image, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.Explain([image], target, cancellationToken)[0];
    }
}
