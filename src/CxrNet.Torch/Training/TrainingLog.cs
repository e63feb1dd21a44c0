using System.Globalization;

namespace CxrNet.Torch.Training;

/// <summary>One line of CSV an epoch, a file for each phase: phases have figures of their own.</summary>
internal static class TrainingLog
{
    public static void Append(string folder, string phase, int epoch, EpochSummary summary, ValidationFigures figures)
    {
        string path = Path.Combine(folder, $"log-{phase}.csv");
        string header = "epoch,loss,images_per_second,loader_share,seconds," + string.Join(',', figures.Values.Select(static figure => figure.Key));
        string line = string.Create(CultureInfo.InvariantCulture, $"{epoch},{summary.Loss:F4},{summary.ImagesPerSecond:F1},{summary.LoaderShare:F3},{summary.Seconds:F0},")
            + string.Join(',', figures.Values.Select(static figure => figure.Value.ToString("F4", CultureInfo.InvariantCulture)));
        File.AppendAllText(path, File.Exists(path) ? line + "\n" : $"{header}\n{line}\n");
    }
}
