namespace CxrNet.Cli;

/// <summary>Measured figures in a card, as 'split.figure'. Figures of the same split that were measured before are replaced; all of a split go where it had other images, and those of every split where the card did not say whose weights it is of.</summary>
internal static class CardFigures
{
    private const int Digits = 4;
    private const string Images = ".n";

    /// <summary>Refuses a file that is no card, before anything is loaded.</summary>
    /// <param name="file">A card as JSON; null for nothing to do.</param>
    public static void Check(string? file)
    {
        if (file is not null)
        {
            Read(file);
            using FileStream writable = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        }
    }

    /// <summary>Refuses the card of another model, before anything is measured.</summary>
    /// <param name="file">A card as JSON; null for nothing to do.</param>
    /// <param name="measured">The own card of the model that is measured.</param>
    /// <exception cref="InvalidDataException">Task or findings differ, or the weights; the id where one of the two does not name its weights.</exception>
    public static void Check(string? file, CxrModelCard measured)
    {
        if (file is not null)
        {
            Require(Read(file), measured, file);
        }
    }

    /// <summary>Writes figures into a card's file, and whose weights they are of; figures that are not defined are left out.</summary>
    /// <param name="file">A card as JSON; null for nothing to do.</param>
    /// <param name="split">What was measured on.</param>
    /// <param name="measured">The own card of the model that was measured.</param>
    /// <param name="figures">Names without the split, and values; <c>n</c> among them.</param>
    public static void Record(string? file, string split, CxrModelCard measured, IReadOnlyList<(string Name, double? Value)> figures)
    {
        if (file is null)
        {
            return;
        }

        CxrModelCard card = Read(file);
        Require(card, measured, file);
        bool isNew = card.WeightsSha256.Length == 0 && measured.WeightsSha256.Length > 0;
        bool isSame = card.Metrics.TryGetValue(split + Images, out double before) && figures.Any(f => f.Name == "n" && f.Value == before);
        string[] stale = [.. isNew ? card.Metrics.Keys.Where(static key => key.EndsWith(Images, StringComparison.Ordinal)).Select(static key => key[..^1]) : [], .. isNew || !isSame ? (string[])[split + "."] : []];
        SortedDictionary<string, double> metrics = new(card.Metrics.Where(m => !stale.Any(prefix => m.Key.StartsWith(prefix, StringComparison.Ordinal))).ToDictionary(), StringComparer.Ordinal);
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

        WholeFile.WriteText(file, (card with { Metrics = metrics, WeightsSha256 = isNew ? measured.WeightsSha256 : card.WeightsSha256 }).ToJson() + "\n");
    }

    private static CxrModelCard Read(string file) => CxrModelCardJson.Parse(File.ReadAllText(file), file);

    private static void Require(CxrModelCard card, CxrModelCard measured, string file)
    {
        string own = Described(card), expected = Described(measured);
        bool byHash = card.WeightsSha256.Length > 0 && measured.WeightsSha256.Length > 0;
        string? problem = (own, byHash) switch
        {
            // A card that leaves the findings to the training names none.
            _ when card.Findings.Count > 0 && own != expected => $"{own}; {expected} was expected",
            (_, true) when !card.WeightsSha256.Equals(measured.WeightsSha256, StringComparison.OrdinalIgnoreCase) => $"weights {card.WeightsSha256}; those measured are {measured.WeightsSha256}. To use it for them, take \"weightsSha256\" and \"metrics\" out of it",
            (_, false) when card.Id != measured.Id => $"'{card.Id}'; '{measured.Id}' was expected",
            _ => null,
        };
        if (problem is not null)
        {
            throw new InvalidDataException($"'{file}' is the card of {problem}.");
        }
    }

    private static string Described(CxrModelCard card) =>
        card.Task == CxrModelTask.Classification ? $"{card.Activation} over {string.Join(", ", card.Findings.Select(static f => f.IsTrained ? f.Name : "(untrained)"))}" : $"{card.Task}";

    /// <summary>Of an evaluation; nothing of a class that has no image, or is never the answer, where a figure would be a division by zero.</summary>
    public static IReadOnlyList<(string Name, double? Value)> Of(EvaluationLine line) =>
    [
        ("n", line.N),
        ("accuracy", line.Accuracy),
        ("macro_f1", line.MacroF1),
        ("ece", line.Ece),
        .. line.PerClass.SelectMany(static c => ((string, double?)[])
        [
            ($"{c.Name}.precision", c.Predicted > 0 ? c.Precision : null),
            ($"{c.Name}.recall", c.Support > 0 ? c.Recall : null),
            ($"{c.Name}.recall.low", c.Support > 0 ? c.RecallInterval[0] : null),
            ($"{c.Name}.recall.high", c.Support > 0 ? c.RecallInterval[1] : null),
            ($"{c.Name}.f1", c.Support > 0 ? c.F1 : null),
        ]),
    ];

    /// <summary>Of findings that do not exclude each other; nothing of one that no image has.</summary>
    public static IReadOnlyList<(string Name, double? Value)> Of(MultiLabelLine line) =>
    [
        ("n", line.N),
        ("macro_roc_area", line.MacroRocAuc),
        ("macro_f1", line.MacroF1),
        .. line.PerFinding.SelectMany(static f => ((string, double?)[])
        [
            ($"{f.Name}.n", f.Support),
            ($"{f.Name}.roc_area", f.RocAuc),
            ($"{f.Name}.average_precision", f.AveragePrecision),
            ($"{f.Name}.f1", f.F1),
        ]),
    ];

    /// <summary>Of the shortcut checks.</summary>
    public static IReadOnlyList<(string Name, double? Value)> Of(ShortcutLine line) =>
    [
        ("n", line.N),
        .. line.Views.Where(static v => v.Name != "whole image").SelectMany(static v => ((string, double?)[])[("accuracy." + Word(v.Name), v.Accuracy), ("does_not_know." + Word(v.Name), v.DoesNotKnow)]),
        .. line.BySource.SelectMany(s => ((string, double?)[])
        [
            ($"source.{Word(s.Name)}.n", s.N),
            ($"source.{Word(s.Name)}.accuracy", s.Accuracy),
            ($"source.{Word(s.Name)}.healthy", s.Healthy),
            ($"source.{Word(s.Name)}.healthy_called_{Word(line.Disease ?? "")}", s.HealthyCalledDisease),
            ($"source.{Word(s.Name)}.{Word(line.Disease ?? "")}", s.Disease),
            ($"source.{Word(s.Name)}.{Word(line.Disease ?? "")}_found", s.DiseaseFound),
        ]),
        .. line.EnergyInLungs.SelectMany(static e => ((string, double?)[])
        [
            ($"lung_energy.{Word(e.Name)}", e.Share),
            ($"lung_area.{Word(e.Name)}", e.BaseRate),
        ]),
        .. line.Baselines.SelectMany(b => ((string, double?)[])
        [
            ($"baseline.{Word(b.Target)}.{Word(b.Sees)}.accuracy", b.Accuracy),
            ($"baseline.{Word(b.Target)}.{Word(b.Sees)}.{Word(line.Disease ?? "")}_roc_area", b.DiseaseRocAuc),
        ]),
    ];

    // A source may be called anything; a key of a card is letters, digits, '-' and '_'.
    private static string Word(string name) =>
        name.Length == 0 ? "unknown" : string.Concat(name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));

    /// <summary>Of the input guard.</summary>
    public static IReadOnlyList<(string Name, double? Value)> Of(GuardEvaluationLine line) => [("n", line.Radiographs.N), ("guard.false_alarms", line.Radiographs.Refused), ("guard.refused", line.NoRadiographs.Refused)];

    /// <summary>Of a lung segmenter.</summary>
    public static IReadOnlyList<(string Name, double? Value)> Of(LungFiguresLine line) => [("n", line.N), ("dice", line.Dice), ("iou", line.Iou), ("hd95", line.Hd95)];
}
