using System.Globalization;
using CsvHelper;

namespace CxrNet.Evaluation;

/// <summary>The rows of a file of scores, their labels as they stand there.</summary>
internal sealed record ScoreRows(ScoreTable Scores, IReadOnlyList<(string Text, int Line)> Labels, IReadOnlyList<string> Files)
{
    /// <param name="reader">The text; stays open.</param>
    /// <param name="names">The columns of scores.</param>
    /// <param name="source">The file's name, for the errors.</param>
    /// <exception cref="InvalidDataException">A column is missing, or a line says what cannot be read; the message names the source and the line.</exception>
    public static ScoreRows Read(TextReader reader, IReadOnlyList<string> names, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(names);
        using CsvParser csv = new(reader, CultureInfo.InvariantCulture, leaveOpen: true);
        string[] header = [.. (Next() ?? []).Select(static h => h.Trim())];
        int label = Column("label");
        int[] columns = [.. names.Select(Column)];
        int file = Array.IndexOf(header, "file");
        List<double> values = [];
        List<(string, int)> labels = [];
        List<string> files = [];
        while (Next() is { } fields)
        {
            int number = csv.RawRow;
            if (fields.Length != header.Length)
            {
                throw new InvalidDataException($"'{source}' line {number}: {fields.Length} fields, {header.Length} expected.");
            }

            labels.Add((fields[label].Trim(), number));
            files.Add(file < 0 ? "" : fields[file]);
            foreach (int column in columns)
            {
                values.Add(double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                    ? value
                    : throw new InvalidDataException($"'{source}' line {number}: '{fields[column]}' in column '{header[column]}', a number expected."));
            }
        }

        return new ScoreRows(new ScoreTable(names, [.. values]), labels, files);

        string[]? Next()
        {
            try
            {
                return csv.Read() ? csv.Record : null;
            }
            catch (CsvHelperException e)
            {
                throw new InvalidDataException($"'{source}' line {csv.RawRow}: a quote stands where none may.", e);
            }
        }

        int Column(string name)
        {
            int index = Array.IndexOf(header, name);
            return index >= 0 ? index : throw new InvalidDataException($"'{source}' has the columns {string.Join(", ", header)}; '{name}' expected among them.");
        }
    }
}
