namespace CxrNet.Evaluation.Tests.Shortcuts;

public sealed class LearningFromCorrelatedFeatures
{
    private const int Features = 24;
    private const double Ridge = 1e-4;

    private static readonly string[] Names = ["a", "b", "c"];

    // Correlated features are steep along their common direction, apart classes flat all over.
    [Theory, InlineData(0.8, 0), InlineData(0.8, 0.7), InlineData(0.99, 0.7), InlineData(0.8, 6)]
    public void TheGradientIsZeroAtTheResult(double correlation, double apart)
    {
        (double[][] rows, int[] truth) = Draw(210, correlation, apart);
        Assert.All(Gradient(LogisticRegression.Fit(rows, truth, Names), rows, truth), static g => Assert.Equal(0, g, 1e-5));
    }

    [Fact]
    public void TheClassesWeighTheSame()
    {
        (double[][] rows, int[] truth) = Draw(210, 0.8, 0);

        // Where the gradient is 0, so is the intercepts': the mean probability over the classes' means is a third, but for the ridge.
        ScoreTable chances = LogisticRegression.Fit(rows, truth, Names).Logits(rows).Softmax();
        double share = Enumerable.Range(0, 3).Average(c => Enumerable.Range(0, rows.Length).Where(i => truth[i] == c).Average(i => chances.Row(i)[2]));
        Assert.Equal(1.0 / 3, share, 1e-3);
    }

    [Fact]
    public void ATrainingThatIsCalledOffEnds()
    {
        (double[][] rows, int[] truth) = Draw(30, 0.8, 0);
        Assert.ThrowsAny<OperationCanceledException>(() => LogisticRegression.Fit(rows, truth, Names, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void AFeatureThatIsNoNumberIsRefused() =>
        Assert.Contains("Value 1 is NaN", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1, double.NaN]], [0], ["a"])).Message, StringComparison.Ordinal);

    // Weights are read off the logits: those of the mean are the intercepts, and one deviation further adds one weight.
    private static double[] Gradient(LogisticRegression model, double[][] rows, int[] truth)
    {
        double[] mean = [.. Enumerable.Range(0, Features).Select(j => rows.Average(row => row[j]))];
        double[] deviation = [.. Enumerable.Range(0, Features).Select(j => Math.Sqrt(rows.Average(row => Math.Pow(row[j] - mean[j], 2))))];
        ScoreTable probes = model.Logits([mean, .. Enumerable.Range(0, Features).Select(j => mean.Select((m, k) => k == j ? m + deviation[j] : m).ToArray())]);
        ScoreTable chances = model.Logits(rows).Softmax();
        double Weight(int c, int j) => probes.Row(j + 1)[c] - probes.Row(0)[c];
        double Mean(int c, Func<int, double> of) => Enumerable.Range(0, 3).Average(t => Enumerable.Range(0, rows.Length).Where(i => truth[i] == t).Average(i => (chances.Row(i)[c] - (t == c ? 1 : 0)) * of(i)));
        return
        [
            .. Enumerable.Range(0, 3).Select(c => Mean(c, _ => 1) + (Ridge * probes.Row(0)[c])),
            .. Enumerable.Range(0, 3 * Features).Select(k => Mean(k / Features, i => Math.Clamp((rows[i][k % Features] - mean[k % Features]) / deviation[k % Features], -8, 8)) + (Ridge * Weight(k / Features, k % Features))),
        ];
    }

    private static (double[][] Rows, int[] Truth) Draw(int count, double correlation, double apart)
    {
        SplitMix64 random = new(4);
        int[] truth = [.. Enumerable.Range(0, count).Select(static i => i % 7 < 4 ? 0 : i % 7 < 6 ? 1 : 2)];
        return ([.. truth.Select(t =>
        {
            double common = Math.Sqrt(correlation) * random.NextNormal();
            return Enumerable.Range(0, Features).Select(j => common + (Math.Sqrt(1 - correlation) * (random.NextNormal() + (j % 3 == t ? apart : 0)))).ToArray();
        })], truth);
    }
}
