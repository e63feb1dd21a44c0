namespace CxrNet.Evaluation;

/// <summary>Scores of findings that do not exclude each other, with their truth, as a table file has them.</summary>
/// <param name="Scores">One row per case.</param>
/// <param name="Truth">The findings of each row.</param>
/// <param name="Files">The name of each row; empty strings where the file has none.</param>
public sealed record MultiLabelScores(ScoreTable Scores, MultiLabelTruth Truth, IReadOnlyList<string> Files)
{
    /// <summary>Reads comma-separated values with a header: <c>label</c> (see <see cref="MultiLabelTruth"/>), one column per finding, and <c>file</c> if there is one; other columns are passed over.</summary>
    /// <param name="reader">The text; stays open.</param>
    /// <param name="names">The findings; also what the labels say.</param>
    /// <param name="source">The file's name, for the errors.</param>
    /// <exception cref="InvalidDataException">A column is missing, or a line says what cannot be read; the message names the source and the line.</exception>
    public static MultiLabelScores ReadCsv(TextReader reader, IReadOnlyList<string> names, string source)
    {
        ScoreRows rows = ScoreRows.Read(reader, names, source);
        return new MultiLabelScores(rows.Scores, MultiLabelTruth.Parse(rows.Labels.Select(static label => label.Text), names), rows.Files);
    }
}
