using CxrNet.Evaluation;

namespace CxrNet.Cli;

internal sealed record GuardEvaluationLine(string Model, string Split, GuardLine Radiographs, IReadOnlyList<GuardLine> BySource, GuardLine NoRadiographs, double MeanOverKinds, IReadOnlyList<GuardLine> ByKind);

/// <summary>How many of some images the guard refuses, with Wilson's interval, and their distances in units of the limit.</summary>
internal sealed record GuardLine(string Name, int N, double Refused, double Low, double High, double Least, double Median, double Greatest)
{
    public static GuardLine Of(string name, IReadOnlyList<float> distances)
    {
        float[] sorted = [.. distances.Order()];
        int refused = sorted.Count(static d => d > 1);
        Interval interval = WilsonInterval.Of(refused, sorted.Length, 0.95);
        return new GuardLine(name, sorted.Length, (double)refused / sorted.Length, interval.Low, interval.High, sorted[0], sorted[sorted.Length / 2], sorted[^1]);
    }
}
