namespace CxrNet;

/// <summary>Several classifiers of the same findings that answer as one, on whatever backends: probabilities combined by a rule, maps by their mean.</summary>
/// <remarks>
/// It owns its members. They are asked one after the other, since an engine uses all cores by itself; what one throws, the call throws. An image that a member withholds is withheld.
/// The distance to the training's images is the greatest of the members', the map the mean over those members that have one. Logits are <c>T log p</c> (softmax) or <c>T log(p / (1 - p))</c> (sigmoid), so that they read as those of one model; T is the members' temperature where they share it, else 1.
/// Safe for concurrent use where the members are.
/// </remarks>
public sealed class EnsembleClassifier : DelegatingClassifier
{
    private readonly ICxrClassifier[] _members;
    private readonly CxrModelCard[] _cards;
    private readonly EnsembleVotes _votes;

    /// <summary>Puts classifiers together.</summary>
    /// <param name="members">Two or more, or one that is then alone; the first gives the order of the findings.</param>
    /// <param name="rule">How their answers become one; the mean by default.</param>
    /// <exception cref="ArgumentException">There is no member.</exception>
    /// <exception cref="CxrModelException">The members score other findings, or ask for other lung handling.</exception>
    public EnsembleClassifier(IReadOnlyList<ICxrClassifier> members, EnsembleRule rule = EnsembleRule.Mean)
        : base(EnsembleMembers.First(members))
    {
        _members = [.. members];
        _cards = [.. _members.Select(static m => m.Card)];
        Card = EnsembleCard.Combine(_cards, rule);
        _votes = new EnsembleVotes(Card, rule);
    }

    /// <summary>The members' cards as one: what they share, the narrower of their age ranges, all of their limitations and training data; figures and abstain level are left out, since nobody measured them for the ensemble.</summary>
    public override CxrModelCard Card { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        IReadOnlyList<CxrPrediction>[] answers = Array.ConvertAll(_members, member => member.Classify(read, cancellationToken));
        return [.. read.Select((image, i) => Combine(Array.ConvertAll(answers, member => member[i]), image))];
    }

    /// <inheritdoc/>
    protected override void DisposeOwned() => EnsembleMembers.Dispose(_members);

    private CxrPrediction Combine(CxrPrediction[] answers, GrayImage image)
    {
        string[] added = [.. answers.SelectMany((answer, m) => RereadPrediction.AddedTo(answer, _cards[m], image)).Distinct(StringComparer.Ordinal)];
        StageTimings timings = answers.Select(static a => a.Timings).Aggregate(static (sum, t) => sum + t);
        if (Array.Find(answers, static a => a.IsWithheld) is { } withheld)
        {
            return withheld with { ModelId = Card.Id, Distance = answers.Max(static a => a.Distance), Timings = timings, Warnings = [.. withheld.Warnings.Union(added, StringComparer.Ordinal)] };
        }

        Heatmap[] maps = [.. answers.Select(static a => a.Map).OfType<Heatmap>()];
        ReadOnlySpan<float> distance = answers.Max(static a => a.Distance) is { } greatest ? [greatest] : [];
        CxrPrediction read = PredictionReader.Read(_votes.Logits(answers), 1, Card, [maps.Length == 0 ? null : HeatmapMean.Of(maps, maps[0].Method)], [image], timings, distance)[0];
        return added.Length == 0 ? read : read with { Warnings = [.. read.Warnings, .. added] };
    }
}
