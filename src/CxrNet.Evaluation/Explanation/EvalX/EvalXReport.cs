namespace CxrNet.Evaluation;

/// <summary>The accuracies of EVAL-X over several images, and whether the map passes the gate.</summary>
/// <param name="Images">How many images were asked about.</param>
/// <param name="Whole">On whole images.</param>
/// <param name="Nothing">On the reference alone: chance.</param>
/// <param name="Kept">On the strongest pixels of the map.</param>
/// <param name="Complement">On all but those.</param>
public sealed record EvalXReport(int Images, Interval Whole, Interval Nothing, Interval Kept, Interval Complement)
{
    // Two points of the whole image's accuracy may be missing, and ten points above chance may be left.
    private const double Lost = 0.02;
    private const double Left = 0.1;

    /// <summary>On the image times the network's own map as it is; null for maps of other methods.</summary>
    public Interval? OwnKept { get; init; }

    /// <summary>On what the network's own map leaves out; null for maps of other methods.</summary>
    public Interval? OwnComplement { get; init; }

    /// <summary>Whether the map's strongest pixels carry the label and the others do not: at most 2 points below the whole image, and at most 10 points above chance, by the estimates.</summary>
    public bool Holds => Gate(Kept, Complement);

    /// <summary>The same of the network's own map as it is; null for maps of other methods.</summary>
    public bool? OwnHolds => OwnKept is { } kept && OwnComplement is { } complement ? Gate(kept, complement) : null;

    /// <summary>Sums up.</summary>
    /// <param name="answers">One or more, one per image; all of one method.</param>
    /// <param name="patients">Of each image, empty where it is its own; null where each is. Intervals draw patients, and are Wilson's where each has one image.</param>
    /// <param name="options">Seed, replicates, confidence; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the drawing of the intervals.</param>
    public static EvalXReport Of(IReadOnlyList<EvalXAnswer> answers, IReadOnlyList<string>? patients = null, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Count, nameof(answers));
        Guard.SameLength(answers.Count, patients?.Count ?? answers.Count, nameof(patients));
        int[] numbers = PatientClusters.Of(patients ?? [.. answers.Select(static _ => "")]);
        options ??= new BootstrapOptions();
        bool isOwn = answers.All(static a => a.OwnKept is not null);
        return new EvalXReport(answers.Count, Share(static a => a.Whole), Share(static a => a.Nothing), Share(static a => a.Kept), Share(static a => a.Complement))
        {
            OwnKept = isOwn ? Share(static a => a.OwnKept == true) : null,
            OwnComplement = isOwn ? Share(static a => a.OwnComplement == true) : null,
        };

        Interval Share(Func<EvalXAnswer, bool> isRight) => PatientRatio.Of([.. answers.Select(isRight)], numbers, options, cancellationToken);
    }

    // The rounding of two shares is no loss.
    private bool Gate(Interval kept, Interval complement) => kept.Estimate >= Whole.Estimate - Lost - 1e-9 && complement.Estimate <= Nothing.Estimate + Left + 1e-9;
}
