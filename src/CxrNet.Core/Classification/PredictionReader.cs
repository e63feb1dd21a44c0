namespace CxrNet;

/// <summary>What an engine computed, read as predictions. The one place where logits become probabilities, for every backend.</summary>
public static class PredictionReader
{
    /// <summary>Reads a batch of logits.</summary>
    /// <param name="logits">count x outputs values, one row per image, in the order of the card's findings.</param>
    /// <param name="count">Images.</param>
    /// <param name="card">The model's card: findings, activation, temperature, thresholds, age range.</param>
    /// <param name="maps">The network's own map of each image, or null where it has none.</param>
    /// <param name="images">The images, for the warnings that their headers call for.</param>
    /// <param name="perImage">The times to state on each prediction.</param>
    /// <param name="distances">What <see cref="InputDistance.Measure"/> gave for each image; empty where the card has no guard.</param>
    /// <returns>One prediction per image, in the same order; outputs without a name are left out before softmax and from the result.</returns>
    /// <exception cref="CxrModelException">The number of logits does not fit the card, or one of them is no finite number.</exception>
    /// <exception cref="ArgumentException">The number of images or maps is not the count.</exception>
    public static IReadOnlyList<CxrPrediction> Read(ReadOnlySpan<float> logits, int count, CxrModelCard card, IReadOnlyList<Heatmap?>? maps, IReadOnlyList<GrayImage> images, StageTimings perImage, ReadOnlySpan<float> distances = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(images);
        if (!distances.IsEmpty && distances.Length != count)
        {
            throw new ArgumentException($"{distances.Length} distances come with {count} rows of logits.", nameof(distances));
        }

        if (images.Count != count || (maps is not null && maps.Count != count))
        {
            throw new ArgumentException($"{count} rows of logits come with {images.Count} images{(maps is null ? "" : $" and {maps.Count} maps")}.", nameof(images));
        }

        int outputs = card.Findings.Count;
        if (logits.Length != (long)count * outputs)
        {
            throw new CxrModelException(card.Id, $"'{card.Id}' gave {logits.Length} logits for {count} images, its card lists {outputs} findings: {(long)count * outputs} expected.");
        }

        int[] trained = [.. Enumerable.Range(0, outputs).Where(i => card.Findings[i].IsTrained)];
        if (trained.Length == 0)
        {
            throw new CxrModelException(card.Id, $"'{card.Id}' has no trained finding: all {outputs} names on its card are empty.");
        }

        CxrPrediction[] predictions = new CxrPrediction[count];
        for (int i = 0; i < count; i++)
        {
            CxrPrediction read = ReadOne(logits.Slice(i * outputs, outputs), trained, card) with
            {
                Map = maps?[i],
                Distance = distances.IsEmpty ? null : distances[i],
                Timings = perImage,
            };
            predictions[i] = read with { Warnings = PredictionWarnings.For(images[i].Info, card, read) };
        }

        return predictions;
    }

    private static CxrPrediction ReadOne(ReadOnlySpan<float> row, ReadOnlySpan<int> trained, CxrModelCard card)
    {
        float[] logits = new float[trained.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = row[trained[i]];
            if (!float.IsFinite(logits[i]))
            {
                throw new CxrModelException(card.Id, $"'{card.Id}' gave {logits[i]} as the logit of '{card.Findings[trained[i]].Name}', a finite number was expected.");
            }
        }

        float[] probabilities = new float[logits.Length];
        FindingScores.Compute(logits, card.Activation, card.Temperature, probabilities);
        Finding[] findings = new Finding[logits.Length];
        for (int i = 0; i < findings.Length; i++)
        {
            CardFinding named = card.Findings[trained[i]];
            findings[i] = new Finding(named.Name, probabilities[i], named.Threshold);
        }

        return new CxrPrediction { ModelId = card.Id, Findings = findings, Logits = logits, PredictionSet = SetOf(findings, card) };
    }

    private static List<string>? SetOf(Finding[] findings, CxrModelCard card)
    {
        if (card.Abstain is not { } abstain || card.Activation != FindingActivation.Softmax)
        {
            return null;
        }

        List<string> set = new(1);
        foreach (Finding finding in findings)
        {
            if (1 - finding.Probability <= abstain.Quantile)
            {
                set.Add(finding.Name);
            }
        }

        return set;
    }
}
