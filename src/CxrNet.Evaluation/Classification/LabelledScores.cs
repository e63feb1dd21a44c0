namespace CxrNet.Evaluation;

/// <summary>Scores with their truth, as a table file has them.</summary>
/// <param name="Scores">One row per case.</param>
/// <param name="Truth">The class of each row.</param>
/// <param name="Files">The name of each row; empty strings where the file has none.</param>
public sealed record LabelledScores(ScoreTable Scores, IReadOnlyList<int> Truth, IReadOnlyList<string> Files)
{
    /// <summary>Reads comma-separated values with a header: <c>label</c>, one column per class, and <c>file</c> if there is one; other columns are passed over.</summary>
    /// <param name="reader">The text; stays open.</param>
    /// <param name="names">The classes; also what the labels say.</param>
    /// <param name="source">The file's name, for the errors.</param>
    /// <exception cref="InvalidDataException">A column is missing, or a line says what cannot be read; the message names the source and the line.</exception>
    public static LabelledScores ReadCsv(TextReader reader, IReadOnlyList<string> names, string source)
    {
        ScoreRows rows = ScoreRows.Read(reader, names, source);
        List<string> known = [.. names];
        return new LabelledScores(rows.Scores, [.. rows.Labels.Select(label => Index(label.Text, label.Line))], rows.Files);

        int Index(string label, int line)
        {
            int index = known.IndexOf(label);
            return index >= 0 ? index : throw new InvalidDataException($"'{source}' line {line}: label '{label}', one of {string.Join(", ", names)} expected.");
        }
    }
}
