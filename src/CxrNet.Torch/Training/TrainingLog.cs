namespace CxrNet.Torch.Training;

/// <summary>One line of CSV an epoch.</summary>
internal static class TrainingLog
{
    private const string Header = "phase,epoch,loss,images_per_second,loader_share,seconds,val_accuracy,val_macro_f1,complement_accuracy,reference_accuracy,map_area,energy_in_lung,lung_area";

    public static void Append(string folder, string phase, int epoch, EpochSummary summary, ValidationFigures v)
    {
        string path = Path.Combine(folder, "log.csv");
        string line = FormattableString.Invariant($"{phase},{epoch},{summary.Loss:F4},{summary.ImagesPerSecond:F1},{summary.LoaderShare:F3},{summary.Seconds:F0},{v.Accuracy:F4},{v.MacroF1:F4},{v.ComplementAccuracy:F4},{v.ReferenceAccuracy:F4},{v.MapArea:F4},{v.EnergyInLung:F4},{v.LungArea:F4}");
        File.AppendAllText(path, File.Exists(path) ? line + "\n" : $"{Header}\n{line}\n");
    }
}
