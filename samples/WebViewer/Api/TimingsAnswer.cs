namespace CxrNet.WebViewer.Api;

/// <summary>Milliseconds.</summary>
/// <param name="Decode">File to samples to grey.</param>
/// <param name="Preprocess">Grey to the network's input.</param>
/// <param name="Inference">The forward pass of the classifier.</param>
/// <param name="Postprocess">Its output to probabilities and map.</param>
/// <param name="Elapsed">All of it, lungs and explanation method included, without the way over the network.</param>
internal sealed record TimingsAnswer(double Decode, double Preprocess, double Inference, double Postprocess, double Elapsed)
{
    public static TimingsAnswer From(StageTimings timings, TimeSpan elapsed) =>
        new(Round(timings.Decode), Round(timings.Preprocess), Round(timings.Inference), Round(timings.Postprocess), Round(elapsed));

    private static double Round(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
