using System.Text.Json;
using CxrNet.Conformance;
using CxrNet.Onnx;

namespace CxrNet.Cli.Tests;

/// <summary>What goes wrong on one image costs that image, or that map, and is named.</summary>
public sealed class FailingOnOneImage : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void TheMapsOfTheOtherImagesStay(bool isFromAll)
    {
        (int code, string error) = Compare(new Shy(failsAt: 1), isFromAll);
        Assert.Equal(1, code);
        Assert.Single(error.Split('\n'), l => l.StartsWith("error: 'shy' on 'phantom bacterial_pneumonia 1': not this one", StringComparison.Ordinal));
        JsonElement results = Results();
        Assert.Equal(3, Rows("shy"));
        Assert.Equal(4, Rows("random"));
        JsonElement failure = Assert.Single(results.GetProperty("failures").EnumerateArray());
        Assert.Equal(("shy", "phantom bacterial_pneumonia 1"), (failure.GetProperty("method").GetString(), failure.GetProperty("image").GetString()));
        string page = File.ReadAllText(_cli.Path("out/maps.html"));
        Assert.Contains("shy&#39; failed on 1 of 4 images (phantom bacterial_pneumonia 1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("time allowed", page, StringComparison.Ordinal);
        Assert.Contains("on all 4 images but those on which it failed", page, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void TheStagesOfTheOtherImagesStay(bool isFromAll)
    {
        using StringWriter output = new(), error = new();
        ExplanationMethod shy = new("shy", "fails", _ => new Shy(failsAt: 1)) { IsUnnamed = isFromAll };
        int code = new RandomizeJob(Request(), 1, null, output, error) { Methods = [shy] }.Run(TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        Assert.Contains("warning: 'shy' on 'phantom bacterial_pneumonia 1': not this one", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(File.ReadAllText(_cli.Path("out/randomize.json"))).RootElement.GetProperty("rows").GetArrayLength());
        Assert.Contains("phantom bacterial_pneumonia 1", File.ReadAllText(_cli.Path("out/randomize.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void TheNextRunTriesItAgain()
    {
        Compare(new Shy(failsAt: 1), isFromAll: false);
        (int code, string error) = Compare(new Shy(failsAt: -1), isFromAll: false);
        Assert.True(code == 0, error);
        Assert.Equal(4, Rows("shy"));
        Assert.Empty(Results().GetProperty("failures").EnumerateArray());
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void AMapOfNoNumbersIsAFailureOfItsImage(float value)
    {
        (int code, _) = Compare(new Shy(failsAt: 2, value), isFromAll: false);
        Assert.Equal(1, code);
        Assert.Equal(3, Rows("shy"));
    }

    [Fact]
    public void AMethodThatCannotBeMadeEndsTheComparisonWhereItIsNamed()
    {
        ExplanationMethod broken = new("broken", "cannot be made", _ => throw new CxrModelException("m", "not with this model"));
        using StringWriter output = new(), error = new();
        Assert.Throws<CxrModelException>(() => new CompareMapsJob(Request(), output, error) { Methods = [broken] }.Run(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ASegmenterThatFailsOnAnImageCostsThatImage()
    {
        Cli.Run("phantom", "--size", "48", "--out", _cli.Path("chest.png"), "--mask", _cli.Path("mask.png"));
        using StringWriter error = new();
        using OnnxClassifier classifier = OnnxClassifier.Load(_cli.Model);
        CompareMapsRequest request = Request() with { Phantoms = null, Manifest = _cli.TwoClasses(2, ",lung_mask", i => i == 1 ? ",mask.png" : ",") };
        CompareMapsCases cases = new(request, classifier, new Broken(), new Messages(error));
        int without = cases.Labels.ToList().IndexOf("normal");
        Assert.Null(cases.At(without, TestContext.Current.CancellationToken));
        Assert.Contains("0.png': no lungs today", error.ToString(), StringComparison.Ordinal);

        // The other's mask is there, so nobody asks the segmenter about it.
        Assert.NotNull(cases.At(1 - without, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ATopFindingThatCannotBeToldCostsThatImage()
    {
        using StringWriter error = new();
        using OnnxClassifier classifier = OnnxClassifier.Load(_cli.Model);
        classifier.Dispose();
        CompareMapsCases cases = new(Request() with { Target = "top" }, classifier, null, new Messages(error));
        Assert.Null(cases.At(0, TestContext.Current.CancellationToken));
        Assert.StartsWith("error: 'phantom normal 1': ", error.ToString(), StringComparison.Ordinal);
    }

    private int Rows(string method) => Results().GetProperty("rows").EnumerateArray().Count(r => r.GetProperty("method").GetString() == method);

    private JsonElement Results() => JsonDocument.Parse(File.ReadAllText(_cli.Path("out/maps.json"))).RootElement;

    private (int Code, string Error) Compare(Shy shy, bool isFromAll)
    {
        using StringWriter output = new(), error = new();
        ExplanationMethod method = new("shy", "fails", _ => shy), random = new("random", "knows nothing", c => new RandomMap(c.Classifier, c.Seed));
        int code = new CompareMapsJob(Request(), output, error) { Methods = [method with { IsUnnamed = isFromAll }, random] }.Run(TestContext.Current.CancellationToken);
        return (code, error.ToString());
    }

    private CompareMapsRequest Request() => ComparisonRequests.OfPhantoms(_cli) with { Methods = "shy", Masks = 20 };

    private sealed class Broken : ILungSegmenter
    {
        public CxrModelCard Card => ConformanceCards.LungSegmenter;

        public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) => throw new CxrModelException(Card.Id, "no lungs today");

        public void Dispose()
        {
        }
    }

    /// <summary>Throws, or gives a value, on one image of the four classes in turn.</summary>
    private sealed class Shy(int failsAt, float? value = null) : IExplanationMap
    {
        private static readonly string[] Classes = [.. Enum.GetValues<PhantomClass>().Select(static c => c.FindingName())];

        public string Method => "shy";

        public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
        {
            bool fails = Array.IndexOf(Classes, target.Finding) == failsAt;
            return fails && value is null
                ? throw new CxrModelException("m", "not this one")
                : [.. images.Select(i => new Heatmap(2, 2, [0, 1, 2, fails ? value!.Value : 3], i.Width, i.Height) { Method = Method })];
        }

        public void Dispose()
        {
        }
    }
}
