using System.Globalization;

namespace CxrNet.Evaluation;

/// <summary>Refits what a site may refit without training: the temperature, the operating points, the abstain bands.</summary>
/// <remarks>
/// No decision of the top class changes by it, only how sure it is called and where the lines are drawn. The new figures stand in the card's metrics: <c>site.n</c>, <c>site.nll.before</c> and <c>.after</c>,
/// <c>site.ece15.before</c> and <c>.after</c>, <c>abstain.alpha</c>, <c>abstain.quantile</c> (see <see cref="ConformalSets"/>; softmax only), <c>abstain.&lt;finding&gt;.low</c> and <c>.high</c>. The level of <see cref="CxrPrediction.PredictionSet"/> and the points of both rules are written into the card too.
/// An operating point holds at one temperature only: where a finding's was fitted (it has operating points, or a threshold that is not the plain default) and the site has too few cases to draw it anew, the card's temperature stays, and with it every such line.
/// The abstain level needs some 1 / alpha rows to exclude anything; with fewer the card's stays, and the temperature that it was drawn at.
/// Threshold and level are written such that the cases which set them stay on their side in a backend's floats, so the level is a little above <c>abstain.quantile</c>.
/// Figures of the card that hang on the temperature (ECE, log loss and the like) were measured at the one before and are left out where it changes, those of "does not know" where the level does; those of the top class stay. Of findings that do not exclude each other F1 is left out too: it was counted at the thresholds before.
/// Temperature, points and level come from the same rows, so what they promise is a little too good by what was fitted: nothing to speak of for one number on hundreds of rows, more where class biases were fitted on them too.
/// </remarks>
public static class SiteCalibration
{
    private static readonly float PlainThreshold = new CardFinding("").Threshold;

    // The last word of a figure's name.
    private static readonly string[] OfTheTemperature = ["ece", "mce", "nll", "brier", "log_loss"];

    // Likewise, of findings that do not exclude each other, where a finding is one from its threshold on.
    private static readonly string[] OfTheThresholds = ["f1", "macro_f1"];

    private const string Quantile = "abstain.quantile";

    // A word in the names of figures that hang on the abstain level.
    private const string OfTheLevel = "does_not_know";

    /// <summary>Refits a card whose findings exclude each other.</summary>
    /// <param name="card">A softmax classifier's.</param>
    /// <param name="logits">Before temperature, as <see cref="CxrPrediction.Logits"/>; see <see cref="ScoreTable.ToLogits"/> where only probabilities were kept. Columns in card order.</param>
    /// <param name="truth">The finding of each row.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">The columns are not the card's findings, there is no row, the truth has another number of rows or an unknown class, the card is no softmax classifier's, or alpha is no share.</exception>
    public static SiteCalibrationResult Refit(CxrModelCard card, ScoreTable logits, IReadOnlyList<int> truth, SiteCalibrationOptions? options = null)
    {
        options ??= new SiteCalibrationOptions();
        Guard.Share(options.Alpha, $"{nameof(options)}.{nameof(options.Alpha)}");
        CheckCard(card, logits, FindingActivation.Softmax);
        TemperatureFit fit = TemperatureFit.Softmax(logits, truth);
        bool[][] columns = [.. logits.Names.Select((_, c) => Labels.OneVersusRest(truth, c))];
        bool keepsLevel = truth.Count < ConformalSets.LeastCases(options.Alpha);
        bool keepsTemperature = fit.IsAtBound || (keepsLevel && card.Abstain is not null) || HasLinesToKeep(card, columns, options);
        float temperature = TemperatureOf(card, fit, keepsTemperature);
        ScoreTable before = logits.Softmax(card.Temperature);
        ScoreTable after = logits.Softmax(temperature);
        float[][] runtime = RuntimeScores.Of(logits, FindingActivation.Softmax, temperature);
        Dictionary<string, double> figures = new()
        {
            ["site.nll.before"] = NegativeLogLikelihood.Softmax(logits, truth, card.Temperature),
            ["site.nll.after"] = NegativeLogLikelihood.Softmax(logits, truth, temperature),
            ["site.ece15.before"] = ReliabilityCurve.TopLabel(before, truth).ExpectedError,
            ["site.ece15.after"] = ReliabilityCurve.TopLabel(after, truth).ExpectedError,
        };
        if (keepsLevel)
        {
            // Its quantile was drawn at the level that the card names, not at the one asked for.
            return Result(card with { Metrics = card.Metrics.Where(static m => m.Key != Quantile).ToDictionary() }, after, runtime, columns, fit, keepsTemperature, figures, options);
        }

        double quantile = figures[Quantile] = ConformalSets.Calibrate(after, truth, options.Alpha).Quantiles[0];
        string data = FormattableString.Invariant($"{Named(options)} ({truth.Count} images; temperature {temperature:0.###})");
        CxrModelCard abstaining = card with
        {
            Abstain = new CardAbstain(options.Alpha, RuntimeScores.Quantile(quantile, runtime, truth, options.Alpha), $"split-conformal on {data}"),
            Metrics = card.Metrics.Where(static m => !m.Key.Split('.').Contains(OfTheLevel)).ToDictionary(),
        };
        return Result(abstaining, after, runtime, columns, fit, keepsTemperature, figures, options);
    }

    /// <summary>Refits a card whose findings exclude nothing.</summary>
    /// <param name="card">A sigmoid classifier's.</param>
    /// <param name="logits">Before temperature. Columns in card order.</param>
    /// <param name="labels">For each row one value per finding.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">The columns are not the card's findings, there is no row, the labels are not one per row and finding, the card is no sigmoid classifier's, or alpha is no share.</exception>
    public static SiteCalibrationResult RefitMultiLabel(CxrModelCard card, ScoreTable logits, IReadOnlyList<IReadOnlyList<bool>> labels, SiteCalibrationOptions? options = null)
    {
        options ??= new SiteCalibrationOptions();
        Guard.Share(options.Alpha, $"{nameof(options)}.{nameof(options.Alpha)}");
        CheckCard(card, logits, FindingActivation.Sigmoid);
        TemperatureFit fit = TemperatureFit.Sigmoid(logits, labels);
        bool[][] columns = [.. logits.Names.Select((_, c) => MultiLabelReport.Column(labels, c, logits.Names.Count))];
        bool keepsTemperature = fit.IsAtBound || HasLinesToKeep(card, columns, options);
        float temperature = TemperatureOf(card, fit, keepsTemperature);
        ScoreTable before = logits.Sigmoid(card.Temperature);
        ScoreTable after = logits.Sigmoid(temperature);
        double Error(ScoreTable probabilities) => columns.Select((positive, c) => ReliabilityCurve.Binary(probabilities.Column(c), positive).ExpectedError).Average();
        Dictionary<string, double> figures = new()
        {
            ["site.nll.before"] = NegativeLogLikelihood.Sigmoid(logits, labels, card.Temperature),
            ["site.nll.after"] = NegativeLogLikelihood.Sigmoid(logits, labels, temperature),
            ["site.ece15.before"] = Error(before),
            ["site.ece15.after"] = Error(after),
        };
        CxrModelCard without = card with { Metrics = card.Metrics.Where(static m => !OfTheThresholds.Contains(m.Key.Split('.')[^1])).ToDictionary() };
        return Result(without, after, RuntimeScores.Of(logits, FindingActivation.Sigmoid, temperature), columns, fit, keepsTemperature, figures, options);
    }

    private static SiteCalibrationResult Result(CxrModelCard card, ScoreTable probabilities, float[][] runtime, bool[][] positive, TemperatureFit fit, bool keepsTemperature, Dictionary<string, double> figures, SiteCalibrationOptions options)
    {
        float temperature = TemperatureOf(card, fit, keepsTemperature);
        IEnumerable<KeyValuePair<string, double>> valid = card.Metrics.Where(m => temperature == card.Temperature || !OfTheTemperature.Contains(m.Key.Split('.')[^1]));
        SortedDictionary<string, double> metrics = new(valid.ToDictionary(), StringComparer.Ordinal) { ["site.n"] = probabilities.Count, ["abstain.alpha"] = options.Alpha };
        foreach ((string name, double value) in figures)
        {
            metrics[name] = value;
        }

        List<OperatingPoint?> points = [];
        List<IReadOnlyList<CardOperatingPoint>> choices = [];
        List<AbstainBand> bands = [];
        for (int c = 0; c < positive.Length; c++)
        {
            double[] scores = probabilities.Column(c);
            bool enough = HasEnoughCases(positive[c], options);
            OperatingPoint? youden = enough ? OperatingPoint.Youden(scores, positive[c]) : null;
            OperatingPoint? sensitive = enough ? OperatingPoint.AtSensitivity(scores, positive[c], options.Sensitivity) : null;
            points.Add(options.Rule == OperatingPointRule.Youden ? youden : sensitive);
            choices.Add([.. Choices(youden, sensitive, point => RuntimeScores.Threshold(point.Threshold, scores, runtime[c], positive[c]), DataOf(positive[c], temperature, options), options)]);
            bands.Add(AbstainBand.Calibrate(scores, positive[c], options.Alpha));
            metrics[$"abstain.{probabilities.Names[c]}.low"] = bands[c].Low;
            metrics[$"abstain.{probabilities.Names[c]}.high"] = bands[c].High;
        }

        int next = 0;
        CardFinding[] findings = [.. card.Findings.Select(f => f.IsTrained ? Refit(f, points[next], choices[next], positive[next++], temperature, options) : f)];
        return new SiteCalibrationResult(card with { Temperature = temperature, Findings = findings, Metrics = metrics }, fit, points, bands) { KeepsTemperature = keepsTemperature };
    }

    private static float TemperatureOf(CxrModelCard card, TemperatureFit fit, bool keeps) => keeps ? card.Temperature : (float)fit.Temperature;

    private static CardFinding Refit(CardFinding finding, OperatingPoint? point, IReadOnlyList<CardOperatingPoint> choices, bool[] positive, float temperature, SiteCalibrationOptions options)
    {
        // What is kept keeps its words too: they say where it comes from.
        if (point is not { } chosen)
        {
            return finding;
        }

        return finding with
        {
            Threshold = choices.First(choice => choice.Rule == RuleName(options.Rule, options)).Threshold,
            ThresholdProvenance = FormattableString.Invariant($"{RuleName(options.Rule, options)} on {DataOf(positive, temperature, options)}: sensitivity {chosen.Sensitivity:0.000}, specificity {chosen.Specificity:0.000}"),
            OperatingPoints = choices,
        };
    }

    private static bool HasEnoughCases(bool[] positive, SiteCalibrationOptions options)
    {
        int cases = positive.Count(static p => p);
        return Math.Min(cases, positive.Length - cases) >= Math.Max(1, options.MinCases);
    }

    private static bool HasLinesToKeep(CxrModelCard card, bool[][] positive, SiteCalibrationOptions options) =>
        card.Findings.Where(static f => f.IsTrained).Zip(positive).Any(pair => IsFitted(pair.First) && !HasEnoughCases(pair.Second, options));

    private static bool IsFitted(CardFinding finding) => finding.OperatingPoints.Count > 0 || finding.Threshold != PlainThreshold;

    private static IEnumerable<CardOperatingPoint> Choices(OperatingPoint? youden, OperatingPoint? sensitive, Func<OperatingPoint, float> threshold, string data, SiteCalibrationOptions options)
    {
        foreach ((OperatingPointRule rule, OperatingPoint? drawn) in new[] { (OperatingPointRule.Youden, youden), (OperatingPointRule.Sensitivity, sensitive) })
        {
            if (drawn is { } point)
            {
                yield return new CardOperatingPoint(RuleName(rule, options), threshold(point), Math.Round(point.Sensitivity, 4), Math.Round(point.Specificity, 4), data);
            }
        }
    }

    private static string RuleName(OperatingPointRule rule, SiteCalibrationOptions options) =>
        rule == OperatingPointRule.Youden ? "Youden" : FormattableString.Invariant($"{100 * options.Sensitivity:0.##} % sensitivity");

    private static string Named(SiteCalibrationOptions options) =>
        $"{options.Site}{(options.Date is { } date ? date.ToString(" yyyy-MM-dd", CultureInfo.InvariantCulture) : "")}";

    private static string DataOf(bool[] positive, float temperature, SiteCalibrationOptions options)
    {
        int cases = positive.Count(p => p);
        return FormattableString.Invariant($"{Named(options)} ({cases} with, {positive.Length - cases} without; temperature {temperature:0.###})");
    }

    private static void CheckCard(CxrModelCard card, ScoreTable logits, FindingActivation activation)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(logits);
        if (card.Task != CxrModelTask.Classification || card.Activation != activation)
        {
            throw new ArgumentException($"'{card.Id}' is a card of {card.Task}, {card.Activation}; {CxrModelTask.Classification}, {activation} expected.", nameof(card));
        }

        string[] names = [.. card.Findings.Where(f => f.IsTrained).Select(f => f.Name)];
        if (!names.SequenceEqual(logits.Names))
        {
            throw new ArgumentException($"Columns {string.Join(", ", logits.Names)} given, {string.Join(", ", names)} expected.", nameof(logits));
        }
    }
}
