namespace CxrNet.Evaluation;

/// <summary>The checks at the doors of this package; each names what was found and what was expected.</summary>
internal static class Guard
{
    public static void SameLength(int expected, int found, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException($"{found} values given, {expected} expected.", parameter);
        }
    }

    public static void ClassIndex(int index, int classes, int row, string parameter)
    {
        if ((uint)index >= (uint)classes)
        {
            throw new ArgumentException($"Row {row} has class {index}, 0 to {classes - 1} expected.", parameter);
        }
    }

    public static void NoNaN(ReadOnlySpan<double> values, string parameter)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                throw new ArgumentException($"Value {i} is NaN, a number expected.", parameter);
            }
        }
    }

    public static void NoNaN(ReadOnlySpan<float> values, string parameter)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                throw new ArgumentException($"Value {i} is NaN, a number expected.", parameter);
            }
        }
    }

    public static void Confidence(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, $"A confidence of {confidence} given, above 0 and below 1 expected.");
        }
    }

    public static void Share(double share, string parameter)
    {
        if (!(share > 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(parameter, share, $"{parameter} is {share}, above 0 and below 1 expected.");
        }
    }

    public static void LabelRows(ScoreTable table, IReadOnlyList<IReadOnlyList<bool>> labels, string parameter)
    {
        ArgumentNullException.ThrowIfNull(labels, parameter);
        if (labels.Count != table.Count)
        {
            throw new ArgumentException($"{labels.Count} rows of labels given, {table.Count} expected.", parameter);
        }

        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i]?.Count != table.Names.Count)
            {
                throw new ArgumentException($"Row {i} has {labels[i]?.Count ?? 0} labels, {table.Names.Count} expected.", parameter);
            }
        }
    }
}
