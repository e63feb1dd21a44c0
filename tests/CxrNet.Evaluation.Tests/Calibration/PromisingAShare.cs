namespace CxrNet.Evaluation.Tests.Calibration;

public sealed class PromisingAShare
{
    private static readonly string[] Names = ["a", "b"];

    [Theory, InlineData(0), InlineData(1), InlineData(-0.1), InlineData(1.5), InlineData(double.NaN)]
    public void AnAlphaThatIsNoShareIsNamedAsItWasGiven(double alpha)
    {
        ScoreTable table = new(Names, [0.9, 0.1]);
        Assert.All<Action>(
            [() => ConformalSets.LeastCases(alpha), () => ConformalSets.Calibrate(table, [0], alpha), () => AbstainBand.Calibrate([0.9], [true], alpha)],
            call => Check(call, "alpha", alpha));
        Check(() => GuardFit.LeastValidation(alpha), "falseAlarms", alpha);

        CxrModelCard card = new() { Id = "toy-4", Input = new CardInput { Width = 1, Height = 1 }, Findings = [new CardFinding("a"), new CardFinding("b")] };
        SiteCalibrationOptions options = new() { Alpha = alpha };
        Check(() => SiteCalibration.Refit(card, table, [0], options), "options.Alpha", alpha);
        Check(() => SiteCalibration.RefitMultiLabel(card with { Activation = FindingActivation.Sigmoid }, table, [[true, false]], options), "options.Alpha", alpha);
    }

    [Fact]
    public void WithAQuantilePerClassEachIsTheOneOfItsOwnCases()
    {
        // Nine of a and nineteen of b: at a fifth, ranks ceil(10 * 0.8) = 8 and ceil(20 * 0.8) = 16.
        double[] ofA = [.. Enumerable.Range(1, 9).Select(static i => 0.5 + (i / 100.0))], ofB = [.. Enumerable.Range(1, 19).Select(static i => 0.3 + (i / 50.0))];
        ScoreTable table = new(Names, [.. ofA.SelectMany(static p => new[] { p, 1 - p }), .. ofB.SelectMany(static p => new[] { 1 - p, p })]);
        int[] truth = [.. Enumerable.Repeat(0, 9), .. Enumerable.Repeat(1, 19)];

        ConformalSets sets = ConformalSets.Calibrate(table, truth, 0.2, perClass: true);

        Assert.Equal(1 - ofA[1], sets.Quantiles[0], 1e-12);
        Assert.Equal(1 - ofB[3], sets.Quantiles[1], 1e-12);
        Assert.Equal(28, sets.Count);
        Assert.True(Enumerable.Range(0, 9).Count(i => sets.SetOf(table.Row(i)).Contains(0)) >= 8);
        Assert.True(Enumerable.Range(9, 19).Count(i => sets.SetOf(table.Row(i)).Contains(1)) >= 16);

        // Together they share one, of rank ceil(29 * 0.8) = 24.
        ConformalSets shared = ConformalSets.Calibrate(table, truth, 0.2);
        Assert.Equal(ofA.Concat(ofB).Select(static p => 1 - p).Order().ElementAt(23), shared.Quantiles[0], 1e-12);
        Assert.Equal(shared.Quantiles[0], shared.Quantiles[1]);
    }

    [Fact]
    public void AClassWithTooFewCasesOfItsOwnIsInEverySet()
    {
        ConformalSets sets = ConformalSets.Calibrate(new ScoreTable(Names, [.. Enumerable.Repeat(new[] { 0.8, 0.2 }, 9).SelectMany(static row => row), 0.4, 0.6]), [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 0.1, perClass: true);
        Assert.Equal(double.PositiveInfinity, sets.Quantiles[1]);
        Assert.Equal([0, 1], sets.SetOf([0.9, 0.1]));
        Assert.Equal([1], sets.SetOf([0.1, 0.9]));
    }

    private static void Check(Action call, string parameter, double value)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(parameter, call);
        Assert.Equal(value, error.ActualValue);
        Assert.StartsWith(FormattableString.Invariant($"{parameter} is {value}, above 0 and below 1 expected."), error.Message, StringComparison.Ordinal);
    }
}
