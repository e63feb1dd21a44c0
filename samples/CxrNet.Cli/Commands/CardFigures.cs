namespace CxrNet.Cli.Commands;

/// <summary>Measured figures in a card, as 'split.figure'. Figures of the same split that were measured before are replaced, others stay.</summary>
internal static class CardFigures
{
    private const int Digits = 4;

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

        File.WriteAllText(file + ".tmp", (card with { Metrics = metrics }).ToJson() + "\n");
        File.Move(file + ".tmp", file, overwrite: true);
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
        line.Views.Where(static v => v.Name != "whole image").Select(static v => ("accuracy." + v.Name.Replace(' ', '_'), (double?)v.Accuracy));

    /// <summary>Of the input guard.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(GuardEvaluationLine line) => [("guard.false_alarms", line.Radiographs.Refused), ("guard.refused", line.NoRadiographs.Refused)];

    /// <summary>Of a lung segmenter.</summary>
    public static IEnumerable<(string Name, double? Value)> Of(LungFiguresLine line) => [("n", line.N), ("dice", line.Dice), ("iou", line.Iou), ("hd95", line.Hd95)];
}
