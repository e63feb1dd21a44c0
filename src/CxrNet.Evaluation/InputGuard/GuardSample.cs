namespace CxrNet.Evaluation;

/// <summary>What a guard sees of one image.</summary>
/// <param name="Pooled">The network's pooled features; see <see cref="CxrPrediction.Features"/>.</param>
/// <param name="Thumbnail">The network's input in small; see <see cref="CxrPrediction.Thumbnail"/>.</param>
public sealed record GuardSample(ReadOnlyMemory<float> Pooled, ReadOnlyMemory<float> Thumbnail)
{
    /// <summary>Images that look alike share it, for example those of one hospital; empty where that is not known.</summary>
    public string Group { get; init; } = "";

    /// <summary>Reads a prediction of a model that was loaded with KeepFeatures.</summary>
    public static GuardSample Of(CxrPrediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return prediction.Thumbnail.IsEmpty
            ? throw new ArgumentException("The prediction carries no features; load the model with KeepFeatures.", nameof(prediction))
            : new GuardSample(prediction.Features, prediction.Thumbnail);
    }
}
