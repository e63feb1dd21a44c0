namespace CxrNet.Cli.Commands;

/// <summary>Measured figures in a card, as 'split.figure'. Figures of the same split that were measured before are replaced, others stay.</summary>
internal static class CardFigures
{
    private const int Digits = 4;

    /// <summary>Refuses a file that is no card, before anything is measured.</summary>
    /// <param name="file">A card as JSON; null for nothing to do.</param>
    public static void Check(string? file)
    {
        if (file is not null)
        {
            CxrModelCardJson.Parse(File.ReadAllText(file), file);
            using FileStream writable = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        }
    }

    /// <summary>Writes figures into a card's file; figures that are not defined are left out.</summary>
    /// <param name="file">A card as JSON; null for nothing to do.</param>
    /// <param name="split">What was measured on.</param>
    /// <param name="figures">Names without the split, and values.</param>
    public static void Record(string? file, string split, IEnumerable<(string Name, double? Value)> figures)
    {
        if (file is null)
        {
            return;
        }

        CxrModelCard card = CxrModelCardJson.Parse(File.ReadAllText(file), file);
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal);
        foreach ((string name, double value) in card.Metrics)
        {
            metrics[name] = value;
        }

        foreach ((string name, double? value) in figures)
        {
            string key = $"{split}.{name}";
            if (value is { } known && double.IsFinite(known))
            {
                metrics[key] = Math.Round(known, Digits);
            }
            else
            {
                metrics.Remove(key);
            }
        }

        WholeFile.WriteText(file, (card with { Metrics = metrics }).ToJson() + "\n");
    }

    /// <summary>Of an evaluation.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(EvaluationLine line) =>
    [
        ("n", line.N),
        ("accuracy", line.Accuracy),
        ("macro_f1", line.MacroF1),
        ("ece", line.Ece),
        .. line.PerClass.SelectMany(static c => ((string, double?)[])
        [
            ($"{c.Name}.precision", c.Precision),
            ($"{c.Name}.recall", c.Recall),
            ($"{c.Name}.recall.low", c.RecallInterval[0]),
            ($"{c.Name}.recall.high", c.RecallInterval[1]),
            ($"{c.Name}.f1", c.F1),
        ]),
    ];

    /// <summary>Of the shortcut checks.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(ShortcutLine line) =>
    [
        .. line.Views.Where(static v => v.Name != "whole image").Select(static v => ("accuracy." + Word(v.Name), (double?)v.Accuracy)),
        .. line.BySource.SelectMany(static s => ((string, double?)[])
        [
            ($"source.{Word(s.Name)}.n", s.N),
            ($"source.{Word(s.Name)}.accuracy", s.Accuracy),
            ($"source.{Word(s.Name)}.healthy", s.Healthy),
            ($"source.{Word(s.Name)}.healthy_called_covid19", s.HealthyCalledCovid),
            ($"source.{Word(s.Name)}.covid19", s.Covid),
            ($"source.{Word(s.Name)}.covid19_found", s.CovidFound),
        ]),
        .. line.EnergyInLungs.SelectMany(static e => ((string, double?)[])
        [
            ($"lung_energy.{Word(e.Name)}", e.Share),
            ($"lung_area.{Word(e.Name)}", e.BaseRate),
        ]),
        .. line.Baselines.SelectMany(static b => ((string, double?)[])
        [
            ($"baseline.{Word(b.Target)}.{Word(b.Sees)}.accuracy", b.Accuracy),
            ($"baseline.{Word(b.Target)}.{Word(b.Sees)}.covid19_roc_area", b.CovidRocAuc),
        ]),
    ];

    // A source may be called anything; a key of a card is letters, digits, '-' and '_'.
    private static string Word(string name) =>
        name.Length == 0 ? "unknown" : string.Concat(name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));

    /// <summary>Of the input guard.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(GuardEvaluationLine line) => [("guard.false_alarms", line.Radiographs.Refused), ("guard.refused", line.NoRadiographs.Refused)];

    /// <summary>Of a lung segmenter.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(LungFiguresLine line) => [("n", line.N), ("dice", line.Dice), ("iou", line.Iou), ("hd95", line.Hd95)];
}
