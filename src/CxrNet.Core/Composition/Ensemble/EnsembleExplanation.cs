namespace CxrNet;

/// <summary>Several explanation maps as one, their mean: of one method on several models, or of several methods on one.</summary>
/// <remarks>It owns its members, not the classifiers that they explain. Maps of other grids meet at the image's size. Safe for concurrent use where the members are.</remarks>
public sealed class EnsembleExplanation : DelegatingExplanation
{
    private readonly IExplanationMap[] _members;
    private readonly bool _toPeak;

    /// <summary>Puts methods together.</summary>
    /// <param name="members">One or more.</param>
    /// <param name="toPeak">Whether each map is first divided by its greatest magnitude, which costs the comparison between images. Where null, that is done for members of several methods, whose numbers mean different things, and not for those of one.</param>
    /// <exception cref="ArgumentException">There is no member, or the members are of several methods and would be added as they are.</exception>
    public EnsembleExplanation(IReadOnlyList<IExplanationMap> members, bool? toPeak = null)
        : base(EnsembleMembers.First(members))
    {
        string[] methods = [.. members.Select(static m => m.Method).Distinct(StringComparer.Ordinal)];
        if (methods.Length > 1 && toPeak == false)
        {
            throw new ArgumentException($"Maps of {string.Join(", ", methods)} differ in scale; scaling each to its peak was expected.", nameof(toPeak));
        }

        _members = [.. members];
        _toPeak = toPeak ?? methods.Length > 1;
        Method = methods.Length == 1 ? methods[0] : $"mean({string.Join(", ", methods)})";
    }

    /// <summary>The members' method, or the names of all in brackets.</summary>
    public override string Method { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<Heatmap> ExplainCore(IReadOnlyList<GrayImage> images, ExplanationTarget target, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        IReadOnlyList<Heatmap>[] maps = Array.ConvertAll(_members, member => member.Explain(read, target, cancellationToken));
        return [.. read.Select((_, i) => HeatmapMean.Of(Array.ConvertAll(maps, member => member[i]), Method, _toPeak))];
    }

    /// <inheritdoc/>
    protected override void DisposeOwned() => EnsembleMembers.Dispose(_members);
}
