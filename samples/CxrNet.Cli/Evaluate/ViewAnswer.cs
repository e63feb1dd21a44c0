namespace CxrNet.Cli;

/// <summary>What a classifier says of an image, or of a part of it.</summary>
/// <param name="Finding">Index of the finding on top.</param>
/// <param name="Probability">Of that finding.</param>
/// <param name="DoesNotKnow">Whether its prediction set holds other than one finding; null where the card has no such level.</param>
internal sealed record ViewAnswer(int Finding, double Probability, bool? DoesNotKnow)
{
    public static ViewAnswer Of(CxrPrediction prediction, string[] names) =>
        new(Array.IndexOf(names, prediction.Top.Name), prediction.Top.Probability, prediction.PredictionSet is { } set ? set.Count != 1 : null);
}
