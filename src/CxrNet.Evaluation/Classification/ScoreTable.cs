using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>One row of numbers per case, one column per class: logits or probabilities.</summary>
/// <remarks>Immutable. Double precision: rounding to float would make ties that an AUC sees.</remarks>
public sealed class ScoreTable
{
    private readonly double[] _values;

    /// <summary>Wraps a table without copying it.</summary>
    /// <param name="names">The columns.</param>
    /// <param name="values">Row-major, a whole number of rows.</param>
    /// <exception cref="ArgumentException">There is no column, the values do not fill whole rows, or one of them is NaN.</exception>
    public ScoreTable(IReadOnlyList<string> names, double[] values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        if (names.Count == 0 || values.Length % names.Count != 0)
        {
            throw new ArgumentException($"{values.Length} values given for {names.Count} columns, whole rows expected.", nameof(values));
        }

        Guard.NoNaN(values, nameof(values));
        Names = [.. names];
        _values = values;
        Count = values.Length / names.Count;
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>The logits of predictions of one model.</summary>
    /// <param name="predictions">One or more, all with the same findings.</param>
    /// <exception cref="ArgumentException">There is no prediction, one is withheld, or two differ in their findings.</exception>
    public static ScoreTable Logits(IReadOnlyList<CxrPrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Count == 0)
        {
            throw new ArgumentException("No prediction given, one or more expected.", nameof(predictions));
        }

        if (predictions.Index().FirstOrDefault(static p => p.Item.IsWithheld) is { Item: { } withheld } row)
        {
            throw new ArgumentException($"The findings of prediction {row.Index}, of '{withheld.ModelId}', are withheld, so it has no logits; leave it out, or ask the classifier inside the guard.", nameof(predictions));
        }

        string[] names = [.. predictions[0].Findings.Select(f => f.Name)];
        if (predictions.FirstOrDefault(p => !p.Findings.Select(f => f.Name).SequenceEqual(names)) is { } other)
        {
            throw new ArgumentException($"A prediction of '{other.ModelId}' has other findings than the first, of '{predictions[0].ModelId}'.", nameof(predictions));
        }

        return new ScoreTable(names, [.. predictions.SelectMany(p => p.Logits).Select(l => (double)l)]);
    }

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> Row(int index) => _values.AsSpan(index * Names.Count, Names.Count);

    /// <summary>A copy of one column.</summary>
    public double[] Column(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Names.Count);
        double[] column = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            column[i] = _values[(i * Names.Count) + index];
        }

        return column;
    }

    /// <summary>The column of the largest value of each row; the first of equals.</summary>
    public int[] ArgMax()
    {
        int[] top = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            top[i] = TensorPrimitives.IndexOfMax(Row(i));
        }

        return top;
    }

    /// <summary>Softmax over each row of <c>value / temperature</c>.</summary>
    /// <param name="temperature">Above 0.</param>
    public ScoreTable Softmax(double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        double[] result = new double[_values.Length];
        double[] ascending = new double[Names.Count];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            Span<double> to = result.AsSpan(i * Names.Count, Names.Count);
            double max = TensorPrimitives.Max(row);
            for (int c = 0; c < row.Length; c++)
            {
                to[c] = Math.Exp((row[c] - max) / temperature);
            }

            // Summed in ascending order: rows of the same numbers in another order must tie to the last bit, or an AUC ranks rounding errors.
            to.CopyTo(ascending);
            Array.Sort(ascending);
            TensorPrimitives.Divide(to, ascending.Sum(), to);
        }

        return new ScoreTable(Names, result);
    }

    /// <summary><c>1 / (1 + exp(-value / temperature))</c> of each value.</summary>
    /// <param name="temperature">Above 0.</param>
    public ScoreTable Sigmoid(double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        return new ScoreTable(Names, Array.ConvertAll(_values, v => 1 / (1 + Math.Exp(-v / temperature))));
    }

    /// <summary>Turns probabilities back into logits, for tables in which only those were kept.</summary>
    /// <param name="activation">What made them probabilities. Softmax's logits are known up to a constant per row, which changes nothing.</param>
    /// <param name="temperature">At which they were made.</param>
    /// <remarks>Probabilities are first brought into 1e-9 … 1 - 1e-9: a rounded 0 or 1 has no logit.</remarks>
    public ScoreTable ToLogits(FindingActivation activation, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        return new ScoreTable(Names, Array.ConvertAll(_values, v =>
        {
            double p = Math.Clamp(v, 1e-9, 1 - 1e-9);
            return temperature * (activation == FindingActivation.Softmax ? Math.Log(p) : Math.Log(p / (1 - p)));
        }));
    }
}
