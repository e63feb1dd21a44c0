namespace CxrNet.Evaluation;

/// <summary>How often each class was called each class: rows are the truth, columns the prediction.</summary>
/// <remarks>Immutable. Every figure derived from it is defined for empty rows and columns: a division by zero gives 0, except where said otherwise.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;
    private readonly long[] _support;
    private readonly long[] _predicted;

    private ConfusionMatrix(string[] names, long[] counts)
    {
        Names = names;
        _counts = counts;
        _support = new long[names.Length];
        _predicted = new long[names.Length];
        for (int t = 0; t < names.Length; t++)
        {
            for (int p = 0; p < names.Length; p++)
            {
                long count = counts[(t * names.Length) + p];
                _support[t] += count;
                _predicted[p] += count;
                Total += count;
                Correct += t == p ? count : 0;
            }
        }
    }

    /// <summary>The classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many cases were counted.</summary>
    public long Total { get; }

    /// <summary>How many cases lie on the diagonal.</summary>
    public long Correct { get; }

    /// <summary>Cases of class <paramref name="truth"/> that were called <paramref name="predicted"/>.</summary>
    /// <param name="truth">Index of the row.</param>
    /// <param name="predicted">Index of the column.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index names no class.</exception>
    public long this[int truth, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)Names.Count, nameof(truth));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Names.Count, nameof(predicted));
            return _counts[(truth * Names.Count) + predicted];
        }
    }

    /// <summary>Counts cases.</summary>
    /// <param name="truth">The class of each case, 0 … names - 1.</param>
    /// <param name="predicted">What each case was called, 0 … names - 1, in the same order.</param>
    /// <param name="names">The classes.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or an index names no class.</exception>
    public static ConfusionMatrix From(IReadOnlyList<int> truth, IReadOnlyList<int> predicted, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(names);
        Guard.SameLength(truth.Count, predicted.Count, nameof(predicted));
        long[] counts = new long[names.Count * names.Count];
        for (int i = 0; i < truth.Count; i++)
        {
            Guard.ClassIndex(truth[i], names.Count, i, nameof(truth));
            Guard.ClassIndex(predicted[i], names.Count, i, nameof(predicted));
            counts[(truth[i] * names.Count) + predicted[i]]++;
        }

        return new ConfusionMatrix([.. names], counts);
    }

    /// <summary>How many cases are of the class.</summary>
    public long Support(int index) => _support[index];

    /// <summary>How many cases were called the class.</summary>
    public long Predicted(int index) => _predicted[index];
}
