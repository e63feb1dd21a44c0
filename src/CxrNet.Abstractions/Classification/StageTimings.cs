namespace CxrNet;

/// <summary>How long the stages of one result took. In a batch each image carries its share of the batch's time.</summary>
/// <param name="Decode">File bytes to samples; zero where the caller gave an image.</param>
/// <param name="Preprocess">Grey plane to network input.</param>
/// <param name="Inference">The forward pass.</param>
/// <param name="Postprocess">Network output to probabilities and map.</param>
public readonly record struct StageTimings(TimeSpan Decode, TimeSpan Preprocess, TimeSpan Inference, TimeSpan Postprocess)
{
    /// <summary>How long the decoded image waited for its batch to begin, in a stream or among concurrent callers; zero elsewhere. Nobody works on the image then, so it is no part of <see cref="Total"/>.</summary>
    public TimeSpan Queue { get; init; }

    /// <summary>The sum of the stages, without <see cref="Queue"/>.</summary>
    public TimeSpan Total => Decode + Preprocess + Inference + Postprocess;

    /// <summary>Stage by stage, for a result that took several passes.</summary>
    public static StageTimings operator +(StageTimings left, StageTimings right) =>
        new(left.Decode + right.Decode, left.Preprocess + right.Preprocess, left.Inference + right.Inference, left.Postprocess + right.Postprocess)
        {
            Queue = left.Queue + right.Queue,
        };

    /// <summary>Stage by stage, for a result that took several passes.</summary>
    public static StageTimings Add(StageTimings left, StageTimings right) => left + right;
}
