namespace CxrNet.Evaluation;

/// <summary>What a guard sees of one image.</summary>
/// <param name="Pooled">The network's pooled features; see <see cref="CxrPrediction.Features"/>.</param>
/// <param name="Thumbnail">The network's input as <see cref="GuardThumbnail"/> averages it.</param>
public sealed record GuardSample(ReadOnlyMemory<float> Pooled, ReadOnlyMemory<float> Thumbnail)
{
    /// <summary>Images that look alike share it, for example those of one hospital; empty where that is not known.</summary>
    public string Group { get; init; } = "";

    /// <summary>Reads an image of a prediction that carries its features.</summary>
    /// <param name="image">The image that was scored, its lung handling done.</param>
    /// <param name="card">The model's card.</param>
    /// <param name="prediction">Made by a model that was loaded with KeepFeatures.</param>
    public static GuardSample Of(GrayImage image, CxrModelCard card, CxrPrediction prediction)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(prediction);
        CardInput input = card.Input with { Lungs = LungHandling.None };
        float[] thumbnail = new float[GuardThumbnail.Length];
        using InputTensor tensor = InputTensor.From([image], input);
        InputDistance.Thumbnail(tensor, 0, input, thumbnail);
        return new GuardSample(prediction.Features, thumbnail);
    }
}
