namespace CxrNet.Evaluation;

/// <summary>Scores that were ranked once, of which samples with replacement are measured without ranking them anew: thousands of samples of tens of thousands of cases are a matter of seconds.</summary>
internal sealed class RankedSample
{
    private readonly int[] _rankOf;
    private readonly bool[] _positive;
    private readonly bool[] _endsTie;
    private readonly int[] _drawn;

    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public RankedSample(double[] scores, bool[] positive)
    {
        Guard.SameLength(scores.Length, positive.Length, nameof(positive));
        int count = scores.Length;
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(order, (a, b) => scores[b].CompareTo(scores[a]));
        (_rankOf, _positive, _endsTie, _drawn) = (new int[count], new bool[count], new bool[count], new int[count]);
        for (int rank = 0; rank < count; rank++)
        {
            _rankOf[order[rank]] = rank;
            _positive[rank] = positive[order[rank]];
            _endsTie[rank] = rank == count - 1 || scores[order[rank]] != scores[order[rank + 1]];
        }
    }

    /// <summary>As <see cref="Evaluation.RocArea"/> of these rows, to the last bit. One caller at a time.</summary>
    /// <param name="rows">May name a row several times.</param>
    public double RocArea(ReadOnlySpan<int> rows)
    {
        Draw(rows);
        long positives = 0, negatives = 0, tiedPositives = 0, tiedNegatives = 0;
        double area = 0;
        for (int rank = 0; rank < _drawn.Length; rank++)
        {
            if (_positive[rank])
            {
                tiedPositives += _drawn[rank];
            }
            else
            {
                tiedNegatives += _drawn[rank];
            }

            if (_endsTie[rank])
            {
                area += tiedNegatives * ((2 * positives) + tiedPositives) / 2.0;
                (positives, negatives, tiedPositives, tiedNegatives) = (positives + tiedPositives, negatives + tiedNegatives, 0, 0);
            }
        }

        return Ratio.OrNaN(area, (double)positives * negatives);
    }

    /// <summary>As <see cref="PrecisionRecallCurve.AveragePrecision"/> of these rows, to the last bit. One caller at a time.</summary>
    /// <param name="rows">May name a row several times.</param>
    public double AveragePrecision(ReadOnlySpan<int> rows)
    {
        Draw(rows);
        long all = 0;
        for (int rank = 0; rank < _drawn.Length; rank++)
        {
            all += _positive[rank] ? _drawn[rank] : 0;
        }

        long positives = 0, cases = 0, told = 0;
        double average = all == 0 ? double.NaN : 0, before = 0;
        for (int rank = 0; rank < _drawn.Length; rank++)
        {
            positives += _positive[rank] ? _drawn[rank] : 0;
            cases += _drawn[rank];

            // Of scores that were not drawn the curve has no point.
            if (_endsTie[rank] && cases > told)
            {
                double recall = Ratio.OrNaN(positives, all);
                average += (recall - before) * ((double)positives / cases);
                (before, told) = (recall, cases);
            }
        }

        return average;
    }

    private void Draw(ReadOnlySpan<int> rows)
    {
        Array.Clear(_drawn);
        foreach (int row in rows)
        {
            _drawn[_rankOf[row]]++;
        }
    }
}
