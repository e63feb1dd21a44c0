using System.Globalization;
using CsvHelper;

namespace CxrNet.Evaluation;

/// <summary>Reads a CSV manifest of images: a header line with at least <c>file</c>, <c>label</c> and <c>split</c>; <c>source</c>, <c>patient_group</c>, <c>view</c>, <c>age</c> (in years), <c>sex</c>, <c>license</c>, <c>notes</c> and <c>lung_mask</c> (or <c>mask</c>) where they are there. Paths are relative to the manifest.</summary>
public static class ImageManifest
{
    private static readonly string[] Required = ["file", "label", "split"];

    /// <summary>Reads all rows, or those of one split.</summary>
    /// <param name="path">The manifest.</param>
    /// <param name="split">A split's name, or null for all.</param>
    /// <exception cref="InvalidDataException">A column is missing, or no row is of that split; the message names the file and what it has.</exception>
    public static IReadOnlyList<ManifestEntry> Read(string path, string? split = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using StreamReader text = new(path);
        using CsvReader csv = new(text, CultureInfo.InvariantCulture);
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new InvalidDataException($"'{path}' is empty; a header line with {string.Join(", ", Required)} is expected.");
        }

        string[] columns = csv.HeaderRecord!;
        if (Required.FirstOrDefault(name => !columns.Contains(name)) is { } missing)
        {
            throw new InvalidDataException($"'{path}' has no column '{missing}'; it has {string.Join(", ", columns)}.");
        }

        List<ManifestEntry> entries = [];
        HashSet<string> splits = [];
        while (csv.Read())
        {
            splits.Add(csv.GetField("split")!);
            if (split is null || csv.GetField("split") == split)
            {
                entries.Add(Row(csv, folder));
            }
        }

        return entries.Count > 0
            ? entries
            : throw new InvalidDataException($"'{path}' has no row of split '{split}'; it has {(splits.Count == 0 ? "no rows" : string.Join(", ", splits.Order(StringComparer.Ordinal)))}.");
    }

    private static ManifestEntry Row(CsvReader csv, string folder)
    {
        string Optional(string name) => csv.TryGetField(name, out string? value) ? value ?? "" : "";
        string mask = Optional("lung_mask") is { Length: > 0 } named ? named : Optional("mask");
        return new ManifestEntry(Path.Combine(folder, csv.GetField("file")!), csv.GetField("label")!, csv.GetField("split")!)
        {
            Source = Optional("source"),
            PatientGroup = Optional("patient_group"),
            View = Optional("view"),
            AgeYears = double.TryParse(Optional("age"), NumberStyles.Float, CultureInfo.InvariantCulture, out double age) ? age : null,
            Sex = Optional("sex"),
            License = Optional("license"),
            Notes = Optional("notes"),
            LungMask = mask.Length > 0 ? Path.Combine(folder, mask) : null,
        };
    }
}
