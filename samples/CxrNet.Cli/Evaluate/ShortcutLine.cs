using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The results of the shortcut checks; null for what is said of a finding that the model does not have.</summary>
internal sealed record ShortcutLine(string Model, string Split, string TrainSplit, string? Healthy, string? Disease, int N, IReadOnlyList<SourceLine> BySource, IReadOnlyList<ViewLine> Views, IReadOnlyList<EnergyLine> EnergyInLungs, IReadOnlyList<BaselineLine> Baselines)
{
    public static ShortcutLine From(string model, string split, string trainSplit, ShortcutTally tally, ShortcutTally training, string? healthy, string? disease)
    {
        int[] truth = tally.Truth;
        int normal = Array.IndexOf(tally.Names, healthy), ill = Array.IndexOf(tally.Names, disease);
        SourceLine[] sources = [.. Enumerable.Range(0, truth.Length).GroupBy(i => tally.Entries[i].Source).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new SourceLine(
            g.Key,
            g.Count(),
            Share(g, i => tally.Whole[i].Finding == truth[i]),
            normal < 0 ? null : g.Count(i => truth[i] == normal),
            normal < 0 || ill < 0 ? null : g.Count(i => truth[i] == normal && tally.Whole[i].Finding == ill),
            ill < 0 ? null : g.Count(i => truth[i] == ill),
            ill < 0 ? null : g.Count(i => truth[i] == ill && tally.Whole[i].Finding == ill)))];
        ViewLine[] views = [ViewLine.Of("whole image", tally.Whole, truth, tally.Names), ViewLine.Of("lungs blanked out", tally.WithoutLungs, truth, tally.Names), ViewLine.Of("lungs alone", tally.LungsAlone, truth, tally.Names)];
        EnergyLine[] energy = [.. tally.Names.Select((name, c) => (name, Shares: truth.Select((t, i) => (t, i)).Where(x => x.t == c && tally.Energy[x.i] is { } e && !double.IsNaN(e.Share)).Select(x => tally.Energy[x.i]!.Value).ToArray()))
            .Where(static x => x.Shares.Length > 0).Select(static x => new EnergyLine(x.name, x.Shares.Length, x.Shares.Average(static e => e.Share), x.Shares.Average(static e => e.BaseRate)))];
        return new ShortcutLine(model, split, trainSplit, healthy, disease, truth.Length, sources, views, energy,
        [
            BaselineLine.Of("source", "whole image", training, tally, static t => t.Cues, static e => e.Source, null),
            BaselineLine.Of("source", "outside the lungs", training, tally, static t => t.CuesOutside, static e => e.Source, null),
            BaselineLine.Of("finding", "whole image", training, tally, static t => t.Cues, static e => e.Label, disease),
            BaselineLine.Of("finding", "outside the lungs", training, tally, static t => t.CuesOutside, static e => e.Label, disease),
        ]);
    }

    private static double Share(IEnumerable<int> rows, Func<int, bool> right) => rows.Average(i => right(i) ? 1.0 : 0);
}

/// <summary>One source: how often it is called right, and how many of its healthy are called diseased.</summary>
internal sealed record SourceLine(string Name, int N, double Accuracy, int? Healthy, int? HealthyCalledDisease, int? Disease, int? DiseaseFound);

/// <summary>The figures on a part of each image: how often each finding is the answer (Called), how sure it is in the mean (Probability), and how often the model says that it does not know (DoesNotKnow; null where its card has no level for that).</summary>
internal sealed record ViewLine(string Name, double Accuracy, double BalancedAccuracy, IReadOnlyDictionary<string, double> Recall, IReadOnlyDictionary<string, double> Called, double Probability, double? DoesNotKnow)
{
    public static ViewLine Of(string name, List<ViewAnswer> answers, int[] truth, string[] names)
    {
        ClassificationReport report = ClassificationReport.From(truth, [.. answers.Select(static a => a.Finding)], names);
        double? doesNotKnow = answers.TrueForAll(static a => a.DoesNotKnow is not null) ? answers.Average(static a => a.DoesNotKnow == true ? 1.0 : 0) : null;
        return new ViewLine(name, report.Accuracy, report.BalancedAccuracy, report.Classes.ToDictionary(c => c.Name, c => c.Recall), report.Classes.ToDictionary(c => c.Name, c => (double)c.Predicted / report.Count), answers.Average(static a => a.Probability), doesNotKnow);
    }
}

/// <summary>The mean share of the map's energy in the lungs, beside the lungs' mean share of the area.</summary>
internal sealed record EnergyLine(string Name, int N, double Share, double BaseRate);

/// <summary>A logistic regression on a few numbers of the image, learnt on other images: what they give away. Null where the training knows no label of the images.</summary>
internal sealed record BaselineLine(string Target, string Sees, int N, double? Accuracy, double? BalancedAccuracy, double? DiseaseRocAuc)
{
    public static BaselineLine Of(string target, string sees, ShortcutTally training, ShortcutTally tally, Func<ShortcutTally, List<double[]>> cues, Func<ManifestEntry, string> labelOf, string? positive)
    {
        string[] names = [.. training.Entries.Select(labelOf).Distinct().Order(StringComparer.Ordinal)];
        LogisticRegression model = LogisticRegression.Fit(cues(training), [.. training.Entries.Select(e => Array.IndexOf(names, labelOf(e)))], names);

        // A source that training does not know cannot be named.
        int[] rows = [.. Enumerable.Range(0, tally.Entries.Count).Where(i => names.Contains(labelOf(tally.Entries[i])))];
        if (rows.Length == 0)
        {
            return new BaselineLine(target, sees, 0, null, null, null);
        }

        ScoreTable logits = model.Logits([.. rows.Select(i => cues(tally)[i])]);
        int[] truth = [.. rows.Select(i => Array.IndexOf(names, labelOf(tally.Entries[i])))];
        ClassificationReport report = ClassificationReport.From(truth, logits.ArgMax(), names);
        int index = positive is null ? -1 : Array.IndexOf(names, positive);
        double? area = index < 0 ? null : EvaluationLine.OrNull(RocArea.Of(logits.Softmax().Column(index), [.. truth.Select(t => t == index)]));
        return new BaselineLine(target, sees, rows.Length, report.Accuracy, report.BalancedAccuracy, area);
    }
}
