using System.Globalization;

namespace CxrNet.Torch.Training;

/// <summary>One line of CSV an epoch, a file for each phase: phases have figures of their own.</summary>
internal static class TrainingLog
{
    public static void Append(string folder, string phase, int epoch, EpochSummary summary, ValidationFigures figures)
    {
        string path = FileOf(folder, phase);
        string header = "epoch,loss,images_per_second,loader_share,seconds," + string.Join(',', figures.Values.Select(static figure => figure.Key));
        string line = string.Create(CultureInfo.InvariantCulture, $"{epoch},{summary.Loss:F4},{summary.ImagesPerSecond:F1},{summary.LoaderShare:F3},{summary.Seconds:F0},")
            + string.Join(',', figures.Values.Select(static figure => figure.Value.ToString("F4", CultureInfo.InvariantCulture)));
        File.AppendAllText(path, File.Exists(path) ? line + "\n" : $"{header}\n{line}\n");
    }

    /// <summary>Drops the rows of epochs that no state names: a run that was cut off between row and state runs them again.</summary>
    public static void KeepUntil(string folder, string phase, int epochsDone)
    {
        string path = FileOf(folder, phase);
        if (!File.Exists(path))
        {
            return;
        }

        // Behind the last line break lies what a cut left of a row.
        string[] lines = File.ReadAllText(path).Split('\n')[..^1];
        string[] kept = [.. lines.Where((line, i) => i == 0 || !int.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out int epoch) || epoch <= epochsDone)];
        if (kept.Length <= 1)
        {
            File.Delete(path);
            return;
        }

        File.WriteAllText(path + ".tmp", string.Concat(kept.Select(static line => line + "\n")));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private static string FileOf(string folder, string phase) => Path.Combine(folder, $"log-{phase}.csv");
}
