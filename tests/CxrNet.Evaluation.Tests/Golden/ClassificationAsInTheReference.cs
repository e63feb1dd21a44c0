using System.Text.Json;

namespace CxrNet.Evaluation.Tests;

/// <remarks>
/// The reference ranks a softmax whose ties its own exp breaks at the last bit, so on a table of integer logits its areas are those of a random order within each tie.
/// There the figure must lie between those of the best and the worst order; everything else agrees within 1e-9.
/// </remarks>
[Trait("Category", "golden")]
public sealed class ClassificationAsInTheReference
{
    private static readonly string[] Names = ["0", "1", "2", "3"];

    [Fact]
    public void EveryFigureOfEveryTableAgrees()
    {
        GoldenFolder golden = new();
        foreach (JsonProperty table in GoldenFolder.Json("classification_metrics.json").EnumerateObject())
        {
            Dictionary<string, Func<object?>> rules = File.Exists(Path.Combine(GoldenFolder.Metrics("classification"), $"{table.Name}_logits.npy")) ? SingleLabel(table.Name) : MultiLabel(table.Name);
            JsonElement pair = default;
            JsonElement delong = default;
            JsonElement youden = default;
            Dictionary<string, JsonElement> plain = [];
            foreach (JsonProperty entry in table.Value.EnumerateObject())
            {
                switch (entry.Name)
                {
                    case "delong": delong = entry.Value; break;
                    case "delong_pair_class0_softmax_vs_second_reader": pair = entry.Value; break;
                    case "youden_class0": youden = entry.Value; break;
                    default: plain.Add(entry.Name, entry.Value); break;
                }
            }

            golden.Walk(table.Name, JsonSerializer.SerializeToElement(plain), rules, name => name == "temperature" ? 1e-5 : 1e-9, HasTies(table.Name) ? Orders(table.Name) : null);
            if (delong.ValueKind != JsonValueKind.Undefined)
            {
                DeLongEntries(golden, table.Name, delong);
            }

            if (pair.ValueKind != JsonValueKind.Undefined)
            {
                PairedReaders(golden, table.Name, pair);
            }

            if (youden.ValueKind != JsonValueKind.Undefined)
            {
                (double[] scores, bool[] positive) = Class(table.Name, 0);
                OperatingPoint point = OperatingPoint.Youden(scores, positive)!.Value;
                golden.Walk($"{table.Name}.youden_class0", youden, new Dictionary<string, Func<object?>>
                {
                    ["j"] = () => point.YoudenIndex,
                    ["sensitivity"] = () => point.Sensitivity,
                    ["specificity"] = () => point.Specificity,
                    ["threshold_ge"] = () => point.Threshold,
                }, _ => 1e-9);
            }
        }

        golden.AssertAllNear();
    }

    private static (ScoreTable Logits, int[] Truth) Read(string table) =>
        (new ScoreTable(Names, GoldenFolder.Array($"classification/{table}_logits.npy").Values), Array.ConvertAll(GoldenFolder.Array($"classification/{table}_labels.npy").Values, v => (int)v));

    private static (double[] Scores, bool[] Positive) Class(string table, int index)
    {
        (ScoreTable logits, int[] truth) = Read(table);
        return (logits.Softmax().Column(index), Array.ConvertAll(truth, t => t == index));
    }

    private static bool HasTies(string table)
    {
        if (!File.Exists(Path.Combine(GoldenFolder.Metrics("classification"), $"{table}_logits.npy")))
        {
            return false;
        }

        double[] column = Read(table).Logits.Softmax().Column(0);
        return column.Distinct().Count() < column.Length;
    }

    /// <summary>The figures with every tie decided for, and against, the positives.</summary>
    private static Dictionary<string, Func<object?[]>> Orders(string table)
    {
        (ScoreTable logits, int[] truth) = Read(table);
        int[] classes = [.. Enumerable.Range(0, Names.Length)];
        double Area(int c, double nudge) => RocArea.Of(Nudged(table, c, nudge), Class(table, c).Positive);
        double Average(int c, double nudge) => PrecisionRecallCurve.From(Nudged(table, c, nudge), Class(table, c).Positive).AveragePrecision;
        double Pairs(double nudge) => (from a in classes
                                       from b in classes
                                       where a != b
                                       let rows = Enumerable.Range(0, truth.Length).Where(i => truth[i] == a || truth[i] == b).ToArray()
                                       let scores = Nudged(table, a, nudge)
                                       select RocArea.Of([.. rows.Select(i => scores[i])], [.. rows.Select(i => truth[i] == a)])).Average();
        return new()
        {
            ["ovr_auc"] = () => [.. Both(nudge => classes.Select(c => Area(c, nudge)))],
            ["macro_ovr_auc"] = () => [.. Both(nudge => classes.Average(c => Area(c, nudge)))],
            ["ovo_macro_auc"] = () => [.. Both(nudge => Pairs(nudge))],
            ["ovr_average_precision"] = () => [.. Both(nudge => classes.Select(c => Average(c, nudge)))],
        };
    }

    private static object?[] Both(Func<double, object?> figure) => [figure(-1e-12), figure(1e-12)];

    private static double[] Nudged(string table, int index, double nudge)
    {
        (double[] scores, bool[] positive) = Class(table, index);

        // The worst order has the negatives first and then the positives one by one, the best has the positives first and together.
        return [.. scores.Select((s, i) => positive[i] ? s + (nudge * (nudge < 0 ? 1 + ((double)i / scores.Length) : 1)) : s)];
    }

    private static Dictionary<string, Func<object?>> SingleLabel(string table)
    {
        (ScoreTable logits, int[] truth) = Read(table);
        ScoreTable softmax = logits.Softmax();
        ClassificationReport report = ClassificationReport.From(truth, logits.ArgMax(), Names);
        ReliabilityCurve reliability = ReliabilityCurve.TopLabel(softmax, truth);
        TemperatureFit fit = TemperatureFit.Softmax(logits, truth);
        IReadOnlyList<RocCurve> curves = RocCurve.OneVersusRest(softmax, truth);
        return new()
        {
            ["n"] = () => report.Count,
            ["accuracy"] = () => report.Accuracy,
            ["accuracy_wilson95"] = () => Ends(report.AccuracyInterval),
            ["balanced_accuracy"] = () => report.BalancedAccuracy,
            ["brier_multiclass_sum"] = () => BrierScore.Of(softmax, truth),
            ["brier_per_class_binary"] = () => Names.Select((_, c) => BrierScore.Binary(softmax.Column(c), Array.ConvertAll(truth, t => t == c))),
            ["cohen_kappa"] = () => report.Kappa,
            ["cohen_kappa_quadratic"] = () => report.QuadraticKappa,
            ["confusion_rows_true_cols_pred"] = () => Names.Select((_, t) => Names.Select((_, p) => report.Confusion[t, p])),
            ["ece15"] = () => reliability.ExpectedError,
            ["mce15"] = () => reliability.MaximumError,
            ["ece15_bins_count_acc_conf"] = () => reliability.Bins.Select(b => new[] { b.Count, b.Accuracy, b.MeanConfidence }),
            ["temperature"] = () => fit.Temperature,
            ["nll"] = () => fit.LikelihoodBefore,
            ["nll_at_temperature"] = () => fit.LikelihoodAfter,
            ["ece15_at_temperature"] = () => ReliabilityCurve.TopLabel(logits.Softmax(fit.Temperature), truth).ExpectedError,
            ["f1"] = () => report.Classes.Select(c => c.F1),
            ["precision"] = () => report.Classes.Select(c => c.Precision),
            ["recall"] = () => report.Classes.Select(c => c.Recall),
            ["specificity"] = () => report.Classes.Select(c => c.Specificity),
            ["support"] = () => report.Classes.Select(c => c.Support),
            ["sensitivity_wilson95"] = () => report.Classes.Select(c => Ends(c.RecallInterval)),
            ["specificity_wilson95"] = () => report.Classes.Select(c => Ends(c.SpecificityInterval)),
            ["macro_f1"] = () => report.MacroF1,
            ["micro_f1"] = () => report.MicroF1,
            ["weighted_f1"] = () => report.WeightedF1,
            ["mcc"] = () => report.MatthewsCorrelation,
            ["ovr_auc"] = () => curves.Select(c => c.Area),
            ["macro_ovr_auc"] = () => RocArea.MacroOneVersusRest(softmax, truth),
            ["ovo_macro_auc"] = () => RocArea.MacroOneVersusOne(softmax, truth),
            ["ovr_average_precision"] = () => PrecisionRecallCurve.OneVersusRest(softmax, truth).Select(c => c.AveragePrecision),
        };
    }

    private static Dictionary<string, Func<object?>> MultiLabel(string table)
    {
        ScoreTable scores = new(Names, GoldenFolder.Array($"classification/{table}_scores.npy").Values);
        bool[][] labels = [.. GoldenFolder.Array($"classification/{table}_labels.npy").Values.Select(v => v != 0).Chunk(Names.Length)];
        MultiLabelReport report = MultiLabelReport.From(scores, labels);
        return new()
        {
            ["auc"] = () => report.Labels.Select(l => l.RocArea),
            ["average_precision"] = () => report.Labels.Select(l => l.AveragePrecision),
            ["brier"] = () => report.Labels.Select(l => l.Brier),
            ["ece15_binary"] = () => report.Labels.Select(l => l.Reliability.ExpectedError),
            ["f1_at_0.5"] = () => report.Labels.Select(l => l.F1),
            ["hamming_loss"] = () => report.HammingLoss,
            ["macro_f1"] = () => report.MacroF1,
            ["micro_f1"] = () => report.MicroF1,
            ["subset_accuracy"] = () => report.SubsetAccuracy,
        };
    }

    private static void DeLongEntries(GoldenFolder golden, string table, JsonElement entries)
    {
        int index = 0;
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            int c = index;
            (double[] scores, bool[] positive) = Class(table, c);
            DeLongEstimate estimate = DeLong.Of(scores, positive);
            golden.Walk($"{table}.delong[{index}]", entry, new Dictionary<string, Func<object?>>
            {
                ["auc"] = () => estimate.Area,
                ["variance"] = () => estimate.Variance,
                ["ci95_normal"] = () => Ends(estimate.Interval),
            }, _ => 1e-9, !HasTies(table) ? null : new Dictionary<string, Func<object?[]>>
            {
                ["auc"] = () => Both(nudge => DeLong.Of(Nudged(table, c, nudge), positive).Area),
                ["variance"] = () => Both(nudge => DeLong.Of(Nudged(table, c, nudge), positive).Variance),
                ["ci95_normal"] = () => Both(nudge => Ends(DeLong.Of(Nudged(table, c, nudge), positive).Interval)),
            });
            index++;
        }
    }

    private static void PairedReaders(GoldenFolder golden, string table, JsonElement entry)
    {
        (double[] scores, bool[] positive) = Class(table, 0);
        double[] second = GoldenFolder.Array($"classification/{table}_second_reader_class0.npy").Values;
        DeLongComparison Nudge(double nudge) => DeLong.Compare(Nudged(table, 0, nudge), second, positive);
        DeLongComparison test = DeLong.Compare(scores, second, positive);
        golden.Walk($"{table}.delong_pair", entry, new Dictionary<string, Func<object?>>
        {
            ["auc1"] = () => test.First,
            ["auc2"] = () => test.Second,
            ["cov"] = () => test.Covariance,
            ["z"] = () => test.Z,
            ["p_two_sided"] = () => test.PValue,
        }, _ => 1e-9, !HasTies(table) ? null : new Dictionary<string, Func<object?[]>>
        {
            ["auc1"] = () => Both(nudge => Nudge(nudge).First),
            ["cov"] = () => Both(nudge => Nudge(nudge).Covariance),
            ["z"] = () => Both(nudge => Nudge(nudge).Z),
            ["p_two_sided"] = () => Both(nudge => Nudge(nudge).PValue),
        });
    }

    private static double[] Ends(Interval interval) => [interval.Low, interval.High];
}
