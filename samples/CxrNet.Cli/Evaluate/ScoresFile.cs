using System.Globalization;
using CsvHelper;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Logits with their labels as CSV, for 'calibrate'.</summary>
internal static class ScoresFile
{
    /// <summary>Refuses a path without a folder, and one of a file that is read, before anything is scored.</summary>
    /// <param name="path">Null for no such file.</param>
    /// <param name="sources">What is read, or written to by another option; null for nothing.</param>
    public static void Check(string? path, params ReadOnlySpan<string?> sources)
    {
        if (path is not null)
        {
            WholeFile.RequireFolder(path, "--scores");
            WholeFile.RequireOther(path, "--scores", sources);
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
