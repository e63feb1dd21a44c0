using System.Globalization;
using CsvHelper;

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
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(names);
        using CsvParser csv = new(reader, CultureInfo.InvariantCulture, leaveOpen: true);
        string[] header = [.. (Next() ?? []).Select(static h => h.Trim())];
        int label = Column("label");
        int[] columns = [.. names.Select(Column)];
        int file = Array.IndexOf(header, "file");
        List<double> values = [];
        List<int> truth = [];
        List<string> files = [];
        while (Next() is { } fields)
        {
            int number = csv.RawRow;
            if (fields.Length != header.Length)
            {
                throw new InvalidDataException($"'{source}' line {number}: {fields.Length} fields, {header.Length} expected.");
            }

            int index = names.ToList().IndexOf(fields[label].Trim());
            truth.Add(index >= 0 ? index : throw new InvalidDataException($"'{source}' line {number}: label '{fields[label]}', one of {string.Join(", ", names)} expected."));
            files.Add(file < 0 ? "" : fields[file]);
            foreach (int column in columns)
            {
                values.Add(double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                    ? value
                    : throw new InvalidDataException($"'{source}' line {number}: '{fields[column]}' in column '{header[column]}', a number expected."));
            }
        }

        return new LabelledScores(new ScoreTable(names, [.. values]), truth, files);

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
