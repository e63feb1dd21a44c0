namespace CxrNet.Evaluation;

/// <summary>Where the evaluator of EVAL-X finds the label of one image.</summary>
/// <param name="Whole">On the whole image.</param>
/// <param name="Nothing">On the reference alone: chance.</param>
/// <param name="Kept">On the strongest pixels of the map.</param>
/// <param name="Complement">On all but those.</param>
public sealed record EvalXAnswer(bool Whole, bool Nothing, bool Kept, bool Complement)
{
    /// <summary>On the image times the map as it is, <c>M x</c>; null for a map that is not the network's own, whose values are no shares.</summary>
    public bool? OwnKept { get; init; }

    /// <summary>The same with <c>(1 - M) x</c>.</summary>
    public bool? OwnComplement { get; init; }

    /// <summary>The mean of M; null where <see cref="OwnKept"/> is.</summary>
    public double? OwnArea { get; init; }

    /// <summary>The answers as figures by the names of <see cref="EvalX.Metrics"/>, 1 where the label is found and 0 where it is not.</summary>
    public IReadOnlyDictionary<string, double> ToFigures()
    {
        (string Name, double? Value)[] figures =
        [
            ("evalx_kept", One(Kept)), ("evalx_complement", One(Complement)), ("evalx_own_kept", One(OwnKept)), ("evalx_own_complement", One(OwnComplement)),
            ("evalx_own_area", OwnArea), ("evalx_whole", One(Whole)), ("evalx_nothing", One(Nothing)),
        ];
        return figures.Where(static f => f.Value is not null).ToDictionary(static f => f.Name, static f => f.Value!.Value, StringComparer.Ordinal);
    }

    private static double? One(bool? isRight) => isRight is { } known ? (known ? 1 : 0) : null;
}
