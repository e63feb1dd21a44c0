using System.Globalization;

namespace CxrNet.Evaluation;

/// <summary>Refits what a site may refit without training: the temperature, the operating points, the abstain bands.</summary>
/// <remarks>
/// No decision of the top class changes by it, only how sure it is called and where the lines are drawn. The new figures stand in the card's metrics: <c>site.n</c>, <c>site.nll.before</c> and <c>.after</c>,
/// <c>site.ece15.before</c> and <c>.after</c>, <c>abstain.alpha</c>, <c>abstain.quantile</c> (see <see cref="ConformalSets"/>; softmax only), <c>abstain.&lt;finding&gt;.low</c> and <c>.high</c>.
/// Temperature and bands come from the same rows, so the bands' promise holds up to the one number that was fitted.
/// </remarks>
public static class SiteCalibration
{
    /// <summary>Refits a card whose findings exclude each other.</summary>
    /// <param name="card">A softmax classifier's.</param>
    /// <param name="logits">Before temperature, as <see cref="CxrPrediction.Logits"/>; see <see cref="ScoreTable.ToLogits"/> where only probabilities were kept. Columns in card order.</param>
    /// <param name="truth">The finding of each row.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">The columns are not the card's findings, there is no row, or the card is no softmax classifier's.</exception>
    public static SiteCalibrationResult Refit(CxrModelCard card, ScoreTable logits, IReadOnlyList<int> truth, SiteCalibrationOptions? options = null)
    {
        options ??= new SiteCalibrationOptions();
        CheckCard(card, logits, FindingActivation.Softmax);
        TemperatureFit fit = TemperatureFit.Softmax(logits, truth);
        float temperature = fit.IsAtBound ? card.Temperature : (float)fit.Temperature;
        ScoreTable before = logits.Softmax(card.Temperature);
        ScoreTable after = logits.Softmax(temperature);
        double quantile = ConformalSets.Calibrate(after, truth, options.Alpha).Quantiles[0];
        Dictionary<string, double> figures = new()
        {
            ["site.nll.before"] = NegativeLogLikelihood.Softmax(logits, truth, card.Temperature),
            ["site.nll.after"] = NegativeLogLikelihood.Softmax(logits, truth, temperature),
            ["site.ece15.before"] = ReliabilityCurve.TopLabel(before, truth).ExpectedError,
            ["site.ece15.after"] = ReliabilityCurve.TopLabel(after, truth).ExpectedError,

            // No score exceeds 1, so 1 excludes nothing, as infinity does; and JSON has no infinity.
            ["abstain.quantile"] = Math.Min(1, quantile),
        };
        return Result(card, after, [.. logits.Names.Select((_, c) => Labels.OneVersusRest(truth, c))], fit, temperature, figures, options);
    }

    /// <summary>Refits a card whose findings exclude nothing.</summary>
    /// <param name="card">A sigmoid classifier's.</param>
    /// <param name="logits">Before temperature. Columns in card order.</param>
    /// <param name="labels">For each row one value per finding.</param>
    /// <param name="options">The defaults where null.</param>
    /// <exception cref="ArgumentException">The columns are not the card's findings, there is no row, or the card is no sigmoid classifier's.</exception>
    public static SiteCalibrationResult RefitMultiLabel(CxrModelCard card, ScoreTable logits, IReadOnlyList<IReadOnlyList<bool>> labels, SiteCalibrationOptions? options = null)
    {
        options ??= new SiteCalibrationOptions();
        CheckCard(card, logits, FindingActivation.Sigmoid);
        TemperatureFit fit = TemperatureFit.Sigmoid(logits, labels);
        float temperature = fit.IsAtBound ? card.Temperature : (float)fit.Temperature;
        bool[][] columns = [.. logits.Names.Select((_, c) => MultiLabelReport.Column(labels, c, logits.Names.Count))];
        double Error(double t) => columns.Select((positive, c) => ReliabilityCurve.Binary(logits.Sigmoid(t).Column(c), positive).ExpectedError).Average();
        Dictionary<string, double> figures = new()
        {
            ["site.nll.before"] = NegativeLogLikelihood.Sigmoid(logits, labels, card.Temperature),
            ["site.nll.after"] = NegativeLogLikelihood.Sigmoid(logits, labels, temperature),
            ["site.ece15.before"] = Error(card.Temperature),
            ["site.ece15.after"] = Error(temperature),
        };
        return Result(card, logits.Sigmoid(temperature), columns, fit, temperature, figures, options);
    }

    private static SiteCalibrationResult Result(CxrModelCard card, ScoreTable probabilities, bool[][] positive, TemperatureFit fit, float temperature, Dictionary<string, double> figures, SiteCalibrationOptions options)
    {
        SortedDictionary<string, double> metrics = new(card.Metrics.ToDictionary(), StringComparer.Ordinal) { ["site.n"] = probabilities.Count, ["abstain.alpha"] = options.Alpha };
        foreach ((string name, double value) in figures)
        {
            metrics[name] = value;
        }

        List<OperatingPoint?> points = [];
        List<AbstainBand> bands = [];
        for (int c = 0; c < positive.Length; c++)
        {
            double[] scores = probabilities.Column(c);
            int cases = positive[c].Count(p => p);
            bool enough = Math.Min(cases, scores.Length - cases) >= Math.Max(1, options.MinCases);
            points.Add(!enough ? null : options.Rule == OperatingPointRule.Youden ? OperatingPoint.Youden(scores, positive[c]) : OperatingPoint.AtSensitivity(scores, positive[c], options.Sensitivity));
            bands.Add(AbstainBand.Calibrate(scores, positive[c], options.Alpha));
            metrics[$"abstain.{probabilities.Names[c]}.low"] = bands[c].Low;
            metrics[$"abstain.{probabilities.Names[c]}.high"] = bands[c].High;
        }

        int next = 0;
        CardFinding[] findings = [.. card.Findings.Select(f => f.IsTrained ? Refit(f, points[next], positive[next++], temperature, options) : f)];
        return new SiteCalibrationResult(card with { Temperature = temperature, Findings = findings, Metrics = metrics }, fit, points, bands);
    }

    private static CardFinding Refit(CardFinding finding, OperatingPoint? point, bool[] positive, float temperature, SiteCalibrationOptions options)
    {
        int cases = positive.Count(p => p);
        string site = FormattableString.Invariant($"{options.Site}{(options.Date is { } date ? date.ToString(" yyyy-MM-dd", CultureInfo.InvariantCulture) : "")} ({cases} with, {positive.Length - cases} without; temperature {temperature:0.###})");
        if (point is not { } chosen)
        {
            return finding with { ThresholdProvenance = $"{finding.ThresholdProvenance}{(finding.ThresholdProvenance.Length == 0 ? "default" : "")}; kept: too few cases on {site}" };
        }

        // Rounded down to float, so that the case which set the threshold still reaches it.
        float threshold = (float)chosen.Threshold;
        threshold = threshold > chosen.Threshold ? MathF.BitDecrement(threshold) : threshold;
        string rule = options.Rule == OperatingPointRule.Youden ? "Youden" : FormattableString.Invariant($"{options.Sensitivity:P0} sensitivity");
        return finding with { Threshold = threshold, ThresholdProvenance = FormattableString.Invariant($"{rule} on {site}: sensitivity {chosen.Sensitivity:0.000}, specificity {chosen.Specificity:0.000}") };
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
