using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CxrNet.Evaluation;

/// <summary>Reads a CSV manifest of images: a header line with at least <c>file</c>, <c>label</c> and <c>split</c>; <c>source</c>, <c>patient_group</c> (or <c>patient_id</c>), <c>view</c>, <c>age</c> (in years; what is no such number is not known), <c>sex</c>, <c>license</c>, <c>notes</c>, <c>lung_mask</c> (or <c>mask</c>) and <c>lesion_mask</c> where they are there. Paths are relative to the manifest.</summary>
public static class ImageManifest
{
    private static readonly string[] Required = ["file", "label", "split"];

    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim };

    /// <summary>Reads all rows, or those of one split.</summary>
    /// <param name="path">The manifest.</param>
    /// <param name="split">A split's name, or null for all.</param>
    /// <exception cref="InvalidDataException">The path is a folder's, a column is missing, a row is broken, or no row is of that split; the message names the file, the line and what is there.</exception>
    public static IReadOnlyList<ManifestEntry> Read(string path, string? split = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"'{path}' is a folder; a CSV manifest with the columns {string.Join(", ", Required)} was expected.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using StreamReader text = new(path);
        using CsvReader csv = new(text, Configuration);
        List<ManifestEntry> entries = [];
        SortedSet<string> splits = new(StringComparer.Ordinal);
        try
        {
            ReadHeader(csv, path);
            while (csv.Read())
            {
                if (csv.Parser.Count != csv.HeaderRecord!.Length)
                {
                    throw new InvalidDataException($"'{path}' line {csv.Parser.RawRow}: {csv.Parser.Count} fields, {csv.HeaderRecord.Length} expected.");
                }

                if (csv.GetField("file") is not { Length: > 0 })
                {
                    throw new InvalidDataException($"'{path}' line {csv.Parser.RawRow}: no file is named.");
                }

                splits.Add(csv.GetField("split")!);
                if (split is null || csv.GetField("split") == split)
                {
                    entries.Add(Row(csv, folder));
                }
            }
        }
        catch (CsvHelperException e)
        {
            throw new InvalidDataException($"'{path}' line {csv.Parser.RawRow}: a quote stands where none may.", e);
        }

        return entries.Count > 0
            ? entries
            : throw new InvalidDataException($"'{path}' has no row of split '{split}'; it has {(splits.Count == 0 ? "no rows" : string.Join(", ", splits))}.");
    }

    private static void ReadHeader(CsvReader csv, string path)
    {
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new InvalidDataException($"'{path}' is empty; a header line with {string.Join(", ", Required)} is expected.");
        }

        string[] columns = csv.HeaderRecord!;
        if (Required.FirstOrDefault(name => !columns.Contains(name)) is { } missing)
        {
            string hint = columns is [{ } only] && only.Contains(';', StringComparison.Ordinal) ? "; commas are expected between columns, not semicolons" : "";
            throw new InvalidDataException($"'{path}' has no column '{missing}'; it has {string.Join(", ", columns)}{hint}.");
        }
    }

    private static ManifestEntry Row(CsvReader csv, string folder)
    {
        string Optional(string name) => csv.TryGetField(name, out string? value) ? value ?? "" : "";
        string Full(string file) => Path.GetFullPath(Path.Combine(folder, file));
        string mask = Optional("lung_mask") is { Length: > 0 } named ? named : Optional("mask");
        return new ManifestEntry(Full(csv.GetField("file")!), csv.GetField("label")!, csv.GetField("split")!)
        {
            Source = Optional("source"),
            PatientGroup = Optional("patient_group") is { Length: > 0 } group ? group : Optional("patient_id"),
            View = Optional("view"),
            AgeYears = double.TryParse(Optional("age"), NumberStyles.Float, CultureInfo.InvariantCulture, out double age) && age is >= 0 and < 200 ? age : null,
            Sex = Optional("sex"),
            License = Optional("license"),
            Notes = Optional("notes"),
            LungMask = mask.Length > 0 ? Full(mask) : null,
            LesionMask = Optional("lesion_mask") is { Length: > 0 } lesion ? Full(lesion) : null,
        };
    }
}
