using System.Numerics.Tensors;

namespace CxrNet.Core.Tests.Composition;

public sealed class AveragingViews
{
    private static readonly GrayImage Image = ChestPhantom.Create(new PhantomOptions { Width = 64, Height = 48 }).Image;

    [Fact]
    public void TheLogitsAreTheMeanOverTheViews()
    {
        using ViewClassifier inner = new();
        using AugmentedClassifier classifier = new(inner, 5);

        CxrPrediction prediction = classifier.Classify(Image, TestContext.Current.CancellationToken);

        Assert.Equal(5, inner.Seen.Count);
        Assert.Same(Image, inner.Seen[0]);
        Assert.Equal(inner.Seen.Average(ViewClassifier.Logit), prediction.Logits[1], 1e-5);
        float[] expected = new float[2];
        FindingScores.Compute([.. prediction.Logits], FindingActivation.Softmax, inner.Card.Temperature, expected);
        Assert.Equal(expected, prediction.Findings.Select(static f => f.Probability));
    }

    [Fact]
    public void ViewsDifferAndAreCloseToTheImage()
    {
        using ViewClassifier inner = new();
        using AugmentedClassifier classifier = new(inner, 8);
        classifier.Classify(Image, TestContext.Current.CancellationToken);

        foreach (GrayImage view in inner.Seen.Skip(1))
        {
            Assert.Equal((64, 48), (view.Width, view.Height));
            float difference = TensorPrimitives.Distance(view.Pixels, Image.Pixels) / MathF.Sqrt(Image.Pixels.Length);
            Assert.InRange(difference, 0.005f, 0.25f);
        }

        Assert.Equal(8, inner.Seen.Select(ViewClassifier.Logit).Distinct().Count());
    }

    [Fact]
    public void AFlatImageLooksTheSameInEveryView()
    {
        GrayImage flat = new(9, 7, [.. Enumerable.Repeat(0.25f, 63)]);
        using ViewClassifier inner = new();
        using AugmentedClassifier classifier = new(inner, 4);
        classifier.Classify(flat, TestContext.Current.CancellationToken);
        Assert.All(inner.Seen, static view => Assert.All(view.Pixels.ToArray(), static p => Assert.Equal(0.25f, p, 1e-6f)));
    }

    [Fact]
    public void OneViewIsThePlainClassifier()
    {
        using ViewClassifier inner = new();
        using AugmentedClassifier classifier = new(inner, 1);
        Assert.Equal((float)ViewClassifier.Logit(Image), classifier.Classify(Image, TestContext.Current.CancellationToken).Logits[1], 1e-6f);
        Assert.Single(inner.Seen);
    }

    [Fact]
    public void NoViewsAreRefused()
    {
        using ViewClassifier inner = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => new AugmentedClassifier(inner, 0));
    }

    /// <summary>A logit that depends on where the image is bright.</summary>
    private sealed class ViewClassifier : ICxrClassifier
    {
        public CxrModelCard Card { get; } = new()
        {
            Id = "views-1",
            Findings = [new CardFinding("normal"), new CardFinding(""), new CardFinding("covid19")],
            Input = new CardInput { Width = 4, Height = 4 },
            Temperature = 2,
        };

        public List<GrayImage> Seen { get; } = [];

        public static double Logit(GrayImage image)
        {
            double sum = 0;
            for (int i = 0; i < image.Pixels.Length; i++)
            {
                sum += image.Pixels[i] * (((i % image.Width) / (double)image.Width) + (3.0 * (i / image.Width) / image.Height));
            }

            return sum / image.Pixels.Length;
        }

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
        {
            Seen.AddRange(images);
            return PredictionReader.Read([.. images.SelectMany(static image => new[] { 0f, 9, (float)Logit(image) })], images.Count, Card, null, images, default);
        }

        public void Dispose()
        {
        }
    }
}
