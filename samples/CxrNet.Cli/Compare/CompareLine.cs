namespace CxrNet.Cli;

/// <summary>What compare found.</summary>
internal sealed record CompareLine(int Images, int Batch, IReadOnlyList<BackendLine> Backends, IReadOnlyList<PairLine> Pairs);

/// <summary>One backend; images a second of the whole call, lung handling included where the card asks for it, decoding not.</summary>
internal sealed record BackendLine(string Name, string Model, string File, double ImagesPerSecond);

/// <summary>Two backends; Exceeding says what is beyond the tolerances, null where none were asked for.</summary>
/// <remarks>A difference of maps is null where one of the two has none, and "NaN" where a map has a value that is no number.</remarks>
internal sealed record PairLine(string First, string Second, float MaxLogitDifference, float MaxProbabilityDifference, float? MaxMapDifference, double LogitCorrelation, int TopFlips, int DecisionFlips, int Decisions, IReadOnlyList<string>? Exceeding)
{
    public static PairLine From(string first, string second, ModelParity parity, ParityTolerances? tolerances) => new(
        first,
        second,
        parity.MaxLogitDifference,
        parity.MaxProbabilityDifference,
        parity.MaxMapDifference,
        parity.LogitCorrelation,
        parity.TopFlips,
        parity.DecisionFlips,
        parity.Decisions,
        tolerances is null ? null : parity.Exceeding(tolerances));
}
