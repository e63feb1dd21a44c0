using System.Diagnostics.Metrics;

namespace CxrNet;

/// <summary>Measures each call of an explanation method, which stands in the place of the model's name; see <see cref="MeteredClassifier"/>.</summary>
/// <remarks>Safe for concurrent use where the method is.</remarks>
public sealed class MeteredExplanation : DelegatingExplanation
{
    private readonly CompositionMeter _meter;

    /// <summary>Puts instruments around a method.</summary>
    /// <param name="explanation">Explains the images.</param>
    /// <param name="factory">Makes the meter, as a container's does; one for the whole process where null.</param>
    public MeteredExplanation(IExplanationMap explanation, IMeterFactory? factory = null)
        : base(explanation) => _meter = CompositionMeter.Of(factory);

    /// <inheritdoc/>
    protected override IReadOnlyList<Heatmap> ExplainCore(IReadOnlyList<GrayImage> images, ExplanationTarget target, CancellationToken cancellationToken) =>
        _meter.Run("explain", Method, images.Count, () => Inner.Explain(images, target, cancellationToken));
}
