using CxrNet.Core.Tests.Composition;
using CxrNet.Core.Tests.Pipeline;

namespace CxrNet.Core.Tests.Explanation;

public sealed class WarningOfShortcuts
{
    private readonly LungMask _left = Stand.Mask(4, 2, 0, 0, 2, 2);

    [Fact]
    public void TheShareOutsideIsThatOfPositiveValues()
    {
        // Inside 1 + 1, outside 4 + 2; what speaks against the finding counts for nothing.
        Heatmap map = new(4, 2, [1, -9, 4, 0, 1, 0, 2, -9], 4, 2) { IsSigned = true };
        Assert.Equal(6 / 8.0, ShortcutAlarm.OutsideShare(map, _left), 1e-9);
    }

    [Fact]
    public void AFloorBelowAMapIsNoEvidenceButANetworksOwnMapHasNone()
    {
        float[] values = [2, 1, 4, 1, 2, 1, 1, 1];
        Assert.Equal(3 / 5.0, ShortcutAlarm.OutsideShare(new Heatmap(4, 2, values, 4, 2) { Method = "rise" }, _left), 1e-9);

        // Whose map has no name is not known: it is not taken for the network's own.
        Assert.Equal(3 / 5.0, ShortcutAlarm.OutsideShare(new Heatmap(4, 2, values, 4, 2), _left), 1e-9);
        Assert.Equal(7 / 13.0, ShortcutAlarm.OutsideShare(new Heatmap(4, 2, values, 4, 2) { Method = "network" }, _left), 1e-9);
        Assert.Equal(7 / 13.0, ShortcutAlarm.OutsideShare(new Heatmap(4, 2, values, 4, 2) { Method = "cam", IsSigned = true }, _left), 1e-9);
    }

    [Fact]
    public void AFloorIsTakenOffThePartThatAMapCovers()
    {
        // What lies around the part is 0 and not the map's smallest value.
        Heatmap map = new(2, 1, [5, 6], 4, 1, new PixelRegion(1, 0, 2, 1)) { Method = "rise" };
        Assert.Equal([0, 0, 1, 0], map.ToEvidence().ToImageSize().Values.ToArray());
    }

    [Theory]
    [InlineData(0.7, true)]
    [InlineData(0.75, false)]
    [InlineData(0.8, false)]
    public void ItWarnsAboveTheLimitAndNamesBoth(double limit, bool warns)
    {
        string? warning = ShortcutAlarm.Warning(new Heatmap(4, 2, [1, 0, 4, 0, 1, 0, 2, 0], 4, 2), _left, limit);
        Assert.Equal(warns, warning is not null);
        if (warns)
        {
            Assert.StartsWith("75 % of the evidence lies outside the lungs (more than 70 %)", warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WithoutEvidenceOrWithoutLungsThereIsNothingToWarnOf()
    {
        Assert.Null(ShortcutAlarm.Warning(new Heatmap(4, 2, new float[8], 4, 2), _left, 0.1));
        Assert.Null(ShortcutAlarm.Warning(new Heatmap(1, 1, [1], 4, 2) { Method = "network" }, Stand.Mask(4, 2, 0, 0, 0, 0), 0.1));
    }

    [Fact]
    public void AMaskOfAnotherImageIsRefused() =>
        Assert.Contains("4 x 2", Assert.Throws<ArgumentException>(() => ShortcutAlarm.OutsideShare(new Heatmap(1, 1, [1], 5, 2), _left)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.7, true)]
    [InlineData(0.8, false)]
    [InlineData(null, false)]
    public void AReportCarriesTheWarning(double? limit, bool warns)
    {
        // A map of ones on an image of which a quarter is lung.
        StandSegmenter segmenter = new(static image => Stand.Mask(image.Width, image.Height, 10, 5, 30, 15));
        using CxrPipeline pipeline = new(new StandDecoder(), new StandClassifier(Stand.Card()), segmenter, options: new CxrPipelineOptions { ShortcutLimit = limit });
        CxrReport report = pipeline.Analyze(Stand.Ramp(40, 20), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(warns ? 1 : 0, report.Prediction.Warnings.Count(w => w.StartsWith("75 % of the evidence lies outside", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void ALimitThatIsNoShareIsRefusedBeforeTheFirstImage(double limit)
    {
        using StandClassifier classifier = new(Stand.Card());
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => new CxrPipeline(new StandDecoder(), classifier, options: new CxrPipelineOptions { ShortcutLimit = limit }));
        Assert.Contains("ShortcutLimit", e.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheFloorOfAMapOverAPartOfTheImageIsNoReasonForAReportToWarn(bool cropped)
    {
        // All above the floor of 5 lies in the middle of the lungs. Of the floor itself, half or more lies outside.
        StandSegmenter segmenter = new(static image => Stand.Mask(image.Width, image.Height, 12, 6, 28, 14));
        ScriptedExplanation explanation = new("rise", static image => new Heatmap(5, 5, [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5], image.Width, image.Height, new PixelRegion((image.Width - image.Height) / 2, 0, image.Height, image.Height)) { Method = "rise" });
        using CxrPipeline pipeline = new(new StandDecoder(), new StandClassifier(Stand.Card(cropped ? LungHandling.Crop : LungHandling.None)), segmenter, explanation, new CxrPipelineOptions { ShortcutLimit = 0.1 });
        CxrReport report = pipeline.Analyze(Stand.Ramp(40, 20), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(report.Prediction.Warnings);
        Assert.Equal((0, 40), (report.Map!.Values[0], report.Map.Width));
    }
}
