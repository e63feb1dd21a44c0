namespace CxrNet.Evaluation;

/// <summary>Which findings each row has, read from labels that name any number of them: names separated by <c>|</c>, as NIH ChestX-ray14 writes them; nothing, or <c>No Finding</c> where that is no finding of its own, for none.</summary>
/// <param name="Rows">For each row one value per finding.</param>
/// <param name="Unknown">Names that are none of the findings, with the number of their rows: such a row is a negative of every finding that it does not name.</param>
public sealed record MultiLabelTruth(IReadOnlyList<IReadOnlyList<bool>> Rows, IReadOnlyDictionary<string, int> Unknown)
{
    private const char Separator = '|';
    private const string Nothing = "No Finding";

    /// <summary>Whether any row has any of the findings; without one nothing can be measured.</summary>
    public bool HasPositive => Rows.Any(static row => row.Contains(true));

    /// <summary>Reads labels.</summary>
    /// <param name="labels">One per row.</param>
    /// <param name="names">The findings, spelled as the labels spell them.</param>
    public static MultiLabelTruth Parse(IEnumerable<string> labels, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(names);
        List<IReadOnlyList<bool>> rows = [];
        SortedDictionary<string, int> unknown = new(StringComparer.Ordinal);
        foreach (string label in labels)
        {
            HashSet<string> named = [.. Named(label).Where(name => names.Contains(name) || !IsNothing(name))];
            rows.Add([.. names.Select(named.Contains)]);
            foreach (string other in named.Except(names))
            {
                unknown[other] = unknown.GetValueOrDefault(other) + 1;
            }
        }

        return new MultiLabelTruth(rows, unknown);
    }

    private static string[] Named(string label) => label.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsNothing(string name) => name.Replace('_', ' ').Equals(Nothing, StringComparison.OrdinalIgnoreCase);
}
