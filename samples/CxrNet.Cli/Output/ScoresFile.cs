using System.Globalization;
using CsvHelper;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Logits with their labels as CSV, for 'calibrate'.</summary>
internal static class ScoresFile
{
    /// <summary>Refuses a path without a folder, before anything is scored.</summary>
    public static void Check(string? path)
    {
        if (path is not null && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{path}': there is no folder '{folder}'.");
        }
    }

    /// <summary>Appears under its name when it is complete.</summary>
    public static void Write(string path, IReadOnlyList<ManifestEntry> entries, ScoreTable logits) =>
        WholeFile.Write(path, temporary =>
        {
            using StreamWriter text = new(temporary);
            using CsvWriter csv = new(text, CultureInfo.InvariantCulture);
            foreach (string column in (string[])["file", "label", .. logits.Names])
            {
                csv.WriteField(column);
            }

            csv.NextRecord();
            for (int i = 0; i < entries.Count; i++)
            {
                csv.WriteField(Path.GetFileName(entries[i].File));
                csv.WriteField(entries[i].Label);
                foreach (double logit in logits.Row(i))
                {
                    csv.WriteField(logit.ToString("R", CultureInfo.InvariantCulture));
                }

                csv.NextRecord();
            }
        });
}
