namespace CxrNet;

/// <summary>What must hold before ready inputs are scored and after; for every backend that implements <see cref="ITensorClassifier"/>.</summary>
public static class TensorInputGuard
{
    /// <summary>Refuses rows of another length than the card says, and too few of them.</summary>
    /// <param name="inputs">One input per row.</param>
    /// <param name="count">How many rows are inputs.</param>
    /// <param name="logits">One row for each.</param>
    /// <param name="card">The model's card.</param>
    /// <exception cref="ArgumentException">One of these; the message names what was found and what was expected.</exception>
    public static void Check(TensorBuffer inputs, int count, TensorBuffer logits, CxrModelCard card)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CardInput input = card.Input;
        if (inputs.LengthEach != (long)input.Channels * input.Height * input.Width)
        {
            throw new ArgumentException($"Inputs of {inputs.LengthEach} values given, {input.Channels} x {input.Height} x {input.Width} = {(long)input.Channels * input.Height * input.Width} expected.", nameof(inputs));
        }

        if (logits.LengthEach != card.Findings.Count)
        {
            throw new ArgumentException($"Rows for {logits.LengthEach} logits given, '{card.Id}' lists {card.Findings.Count} findings.", nameof(logits));
        }

        if (inputs.Count < count || logits.Count < count)
        {
            throw new ArgumentException($"{count} inputs announced, {inputs.Count} rows of inputs and {logits.Count} of logits given.", nameof(count));
        }
    }

    /// <summary>Refuses what no score or map can be made of.</summary>
    /// <param name="logits">What the backend gave, one row for each input.</param>
    /// <param name="count">How many rows were scored.</param>
    /// <param name="card">The model's card.</param>
    /// <exception cref="CxrModelException">The logit of a trained finding is no finite number.</exception>
    public static void CheckLogits(TensorBuffer logits, int count, CxrModelCard card)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(card);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = logits[i];
            for (int f = 0; f < row.Length; f++)
            {
                if (card.Findings[f].IsTrained && !float.IsFinite(row[f]))
                {
                    throw new CxrModelException(card.Id, $"'{card.Id}' gave {row[f]} as the logit of '{card.Findings[f].Name}', a finite number was expected.");
                }
            }
        }
    }
}
