using System.Globalization;

namespace CxrNet;

/// <summary>How far two models may differ and still count as the same. Immutable; what is null is not looked at.</summary>
public sealed record ParityTolerances
{
    /// <summary>The same weights on two backends: logits and map values to 1e-4, no decision another one.</summary>
    public static ParityTolerances SameWeights { get; } = new();

    /// <summary>A copy in lower precision: logits that correlate to 0.99, at most one image in fifty whose top finding changes; the size of a difference is not looked at.</summary>
    public static ParityTolerances LowerPrecision { get; } = new() { LogitDifference = null, MapDifference = null, LogitCorrelation = 0.99, TopFlipShare = 0.02, DecisionFlipShare = 0.02 };

    /// <summary>Greatest absolute difference of a logit; 1e-4 by default.</summary>
    public float? LogitDifference { get; init; } = 1e-4f;

    /// <summary>Greatest absolute difference of a probability; not looked at by default.</summary>
    public float? ProbabilityDifference { get; init; }

    /// <summary>Greatest absolute difference of a map value; 1e-4 by default. Where it is looked at, a map that only one of the two gives exceeds it too.</summary>
    public float? MapDifference { get; init; } = 1e-4f;

    /// <summary>Least correlation of all logits; not looked at by default.</summary>
    public double? LogitCorrelation { get; init; }

    /// <summary>Most images, as a share of all, whose top finding is another one; 0 by default.</summary>
    public double? TopFlipShare { get; init; } = 0;

    /// <summary>Most findings, as a share of all findings of all images, on whose side of the threshold the two differ; 0 by default.</summary>
    public double? DecisionFlipShare { get; init; } = 0;

    /// <summary>One phrase for each limit that is exceeded. A figure that is no number exceeds every limit.</summary>
    internal IEnumerable<string> ExceededBy(ModelParity parity)
    {
        if (LogitDifference is { } logit && !(parity.MaxLogitDifference <= logit))
        {
            yield return Line($"a logit by {parity.MaxLogitDifference:0.####e+0} on image {parity.WorstImage} ({logit:0.####e+0} allowed)");
        }

        if (ProbabilityDifference is { } probability && !(parity.MaxProbabilityDifference <= probability))
        {
            yield return Line($"a probability by {parity.MaxProbabilityDifference:0.####e+0} ({probability:0.####e+0} allowed)");
        }

        if (MapDifference is { } map && parity.MaxMapDifference is { } difference && !(difference <= map))
        {
            yield return Line($"a map value by {difference:0.####e+0} ({map:0.####e+0} allowed)");
        }

        if (MapDifference is not null && parity.MissingMaps > 0)
        {
            yield return Line($"the map of {parity.MissingMaps} images, which only one of the two gives");
        }

        if (LogitCorrelation is { } correlation && !(parity.LogitCorrelation >= correlation))
        {
            yield return Line($"logits correlate to {parity.LogitCorrelation:0.#####} ({correlation:0.#####} expected)");
        }

        if (TopFlipShare is { } top && parity.TopFlips > top * parity.Images)
        {
            yield return Line($"the top finding of {parity.TopFlips} images ({top:0.#%} allowed)");
        }

        if (DecisionFlipShare is { } decision && parity.DecisionFlips > decision * parity.Decisions)
        {
            yield return Line($"{parity.DecisionFlips} of {parity.Decisions} decisions ({decision:0.#%} allowed)");
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
