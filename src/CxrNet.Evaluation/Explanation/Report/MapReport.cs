namespace CxrNet.Evaluation;

/// <summary>What a page about explanation methods shows.</summary>
/// <param name="Title">For example "test split".</param>
/// <param name="ModelId">The card's id.</param>
/// <param name="Figures">One for each method and image.</param>
/// <param name="Table">What they sum up to.</param>
public sealed record MapReport(string Title, string ModelId, IReadOnlyList<MapFigures> Figures, MapTable Table)
{
    /// <summary>The grid: rows and columns in the order in which they come; none by default.</summary>
    public IReadOnlyList<MapPicture> Pictures { get; init; } = [];

    /// <summary>Sentences below the title; none by default.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The method that the others are compared with, for example the network's own map; null (the default) for none.</summary>
    public string? Reference { get; init; }

    /// <summary>What <see cref="Reference"/> gains over each of the others; see <see cref="MapDifference.Of"/>.</summary>
    public IReadOnlyList<MapDifference> Differences { get; init; } = [];
}
