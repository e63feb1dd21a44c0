namespace CxrNet.Evaluation.Tests;

public sealed class SummingUpARandomization
{
    private static readonly RandomizationRow[] Rows =
    [
        Row("gradcam", "1 of 2", "a", 0.8, 0.9), Row("gradcam", "1 of 2", "b", 0.6, 0.7),
        Row("gradcam", "2 of 2", "a", 0.1, 0.2), Row("gradcam", "2 of 2", "b", double.NaN, 0.4),
        Row("<edges>", "1 of 2", "a", 1, 1),
    ];

    [Fact]
    public void EachStageIsTheMeanOverItsImages()
    {
        RandomizationTable table = RandomizationTable.Of(Rows);
        Assert.Equal(["gradcam", "<edges>"], table.Methods);
        Assert.Equal(["1 of 2", "2 of 2"], table.Stages);
        Assert.Equal(0.7, table.Spearman("gradcam", "1 of 2").Estimate, 1e-9);
        Assert.Equal((0.6, 0.8), (Math.Round(table.Spearman("gradcam", "1 of 2").Low, 9), Math.Round(table.Spearman("gradcam", "1 of 2").High, 9)));
        Assert.Equal(0.3, table.Ssim("gradcam", "2 of 2").Estimate, 1e-9);

        // A constant map has no ranks: the mean is that of the other image.
        Assert.Equal(0.1, table.Spearman("gradcam", "2 of 2").Estimate, 1e-9);
        Assert.True(double.IsNaN(table.Spearman("<edges>", "2 of 2").Estimate));
        Assert.Equal((2, 1), (table.ImagesOf("gradcam", "2 of 2"), table.ConstantMapsOf("gradcam", "2 of 2")));
        Assert.Equal((2, 0), (table.ImagesOf("gradcam", "1 of 2"), table.ConstantMapsOf("gradcam", "1 of 2")));
        Assert.Equal((0, 0), (table.ImagesOf("<edges>", "2 of 2"), table.ConstantMapsOf("<edges>", "2 of 2")));
    }

    [Fact]
    public void TheFileHasALineForEachFigureThatIsKnown()
    {
        string[] lines = RandomizationTable.Of(Rows).ToCsv().TrimEnd().Split('\n');
        Assert.Equal("method,stage,metric,mean,low,high,images", lines[0]);
        Assert.Equal(3 * 3, lines.Length - 1);
        Assert.Contains("<edges>,1 of 2,ssim,1,NaN,NaN,1", lines);

        // Each with the images that it is a mean of.
        Assert.Contains("gradcam,2 of 2,spearman,0.1,NaN,NaN,1", lines);
        Assert.EndsWith(",2", lines.Single(l => l.StartsWith("gradcam,2 of 2,ssim,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void ThePageDrawsEachMethodAndNeedsNothingElse()
    {
        using StringWriter writer = new();
        RandomizationHtml.Write(writer, "a & b", "model", RandomizationTable.Of(Rows), ["note <x>"]);
        string page = writer.ToString();
        Assert.Equal(2, page.Split("<svg").Length - 1);
        Assert.DoesNotContain("<edges>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<x>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.Contains("a &amp; b", page, StringComparison.Ordinal);
    }

    [Fact]
    public void EachHeadingIsAButtonWithANameOfItsOwn()
    {
        using StringWriter writer = new();
        RandomizationHtml.Write(writer, "a", "model", RandomizationTable.Of(Rows), []);
        string[] names = SortedTables.HeadingsOf(writer.ToString());
        Assert.Equal(["method", "1 of 2 Spearman", "1 of 2 SSIM", "2 of 2 Spearman", "2 of 2 SSIM"], names);
    }

    [Fact]
    public void AStageThatIsNoneOfTheCascadeIsNotDrawn()
    {
        RandomizationRow[] rows = [Row("gradcam", "1 of 1", "a", 0.25, 0.5), Row("gradcam", "shuffled", "a", 0.75, 1)];
        using StringWriter writer = new();
        RandomizationHtml.Write(writer, "a", "model", RandomizationTable.Of(rows, new BootstrapOptions { Confidence = 0.9 }), [], apart: ["shuffled"]);
        Assert.Contains("Spearman 0.250, SSIM 0.500 in the end", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("its 90 % bootstrap interval", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.750", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void APageOfStagesThatAreAllApartDrawsNothing()
    {
        RandomizationRow[] rows = [Row("gradcam", "shuffled", "a", 0.75, 1)];
        using StringWriter writer = new();
        RandomizationHtml.Write(writer, "a", "model", RandomizationTable.Of(rows), [], apart: ["shuffled"]);
        Assert.DoesNotContain("NaN", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.750", writer.ToString(), StringComparison.Ordinal);
    }

    private static RandomizationRow Row(string method, string stage, string image, double spearman, double ssim) =>
        new(method, stage, new MapSubject(image, "", "spot", ""), new MapComparison(spearman, spearman, spearman, ssim, ssim, 0));
}
