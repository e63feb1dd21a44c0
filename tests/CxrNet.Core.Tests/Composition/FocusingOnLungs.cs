namespace CxrNet.Core.Tests.Composition;

public sealed class FocusingOnLungs
{
    [Fact]
    public void ACropIsWhatTheClassifierSeesAndTheMapGoesBackToTheWholeImage()
    {
        Recorder classifier = new(LungHandling.Crop);
        using LungFocusedClassifier focused = new(classifier, new LeftHalf());

        CxrPrediction prediction = focused.Classify(new GrayImage(100, 60, new float[6000]));

        // Half of 100 columns and 5 % of the box's longer side.
        Assert.Equal((53, 60), classifier.Seen.Single());
        Assert.Equal((100, 60), (prediction.Map!.ImageWidth, prediction.Map.ImageHeight));
        Assert.Equal(new PixelRegion(0, 0, 53, 60), prediction.Map.Region);
    }

    [Theory, InlineData(LungHandling.Crop), InlineData(LungHandling.Apply)]
    public void AMaskOfAnotherSizeIsRefusedAndNotTakenForTheCorner(LungHandling handling)
    {
        using LungFocusedClassifier focused = new(new Recorder(handling), new LeftHalf());
        LungMask small = new(10, 10, [.. Enumerable.Repeat(1f, 100)]);
        Assert.Contains("The mask is 10 x 10, its image 100 x 60.", Assert.Throws<ArgumentException>(() => focused.Classify([new GrayImage(100, 60, new float[6000])], [small])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCardAsksForNoLungsAnyMore()
    {
        using LungFocusedClassifier focused = new(new Recorder(LungHandling.Apply), new LeftHalf());
        Assert.Equal(LungHandling.None, focused.Card.Input.Lungs);
    }

    [Fact]
    public void WithoutAHandlingTheSegmenterIsNotAsked()
    {
        Recorder classifier = new(LungHandling.None);
        LeftHalf segmenter = new();
        using LungFocusedClassifier focused = new(classifier, segmenter);

        focused.Classify(new GrayImage(100, 60, new float[6000]));

        Assert.Equal((100, 60), classifier.Seen.Single());
        Assert.Equal(0, segmenter.Calls);
    }

    [Fact]
    public void DisposesOfBoth()
    {
        Recorder classifier = new(LungHandling.Crop);
        LeftHalf segmenter = new();
        new LungFocusedClassifier(classifier, segmenter).Dispose();
        Assert.True(classifier.IsDisposed);
        Assert.True(segmenter.IsDisposed);
    }

    [Fact]
    public void WhatTheCardDoesNotAskForCanBeAskedFor()
    {
        Recorder classifier = new(LungHandling.None);
        using LungFocusedClassifier cropped = classifier.WithLungCrop(new LeftHalf());
        cropped.Classify(new GrayImage(100, 60, new float[6000]));
        Assert.Equal((53, 60), classifier.Seen.Single());
    }

    [Fact]
    public void AnotherHandlingThanTheCardsIsRefused() =>
        Assert.Contains("LungHandling.Crop", Assert.Throws<CxrModelException>(() => new Recorder(LungHandling.Crop).WithLungMasking(new LeftHalf())).Message, StringComparison.Ordinal);

    [Fact]
    public void AMethodExplainsWhatIsScored()
    {
        ScriptedExplanation inner = new();
        using LungFocusedExplanation cropped = inner.WithLungCrop(new LeftHalf());
        Heatmap map = cropped.Explain([new GrayImage(100, 60, new float[6000])], "normal")[0];
        Assert.Equal((53, 60), inner.Seen.Single());
        Assert.Equal((100, 60, new PixelRegion(0, 0, 53, 60), "normal"), (map.ImageWidth, map.ImageHeight, map.Region, map.Finding));

        using LungFocusedExplanation masked = new LungFocusedExplanation(new ScriptedExplanation(map: static image => new Heatmap(image.Width, 1, image.Pixels[..image.Width].ToArray(), image.Width, image.Height)), new LeftHalf(), LungHandling.Apply);
        Assert.Equal([1, 1, 0, 0], masked.Explain([new GrayImage(4, 1, [1, 1, 1, 1])])[0].Values.ToArray());
    }

    private sealed class Recorder(LungHandling handling) : ICxrClassifier
    {
        public List<(int Width, int Height)> Seen { get; } = [];

        public bool IsDisposed { get; private set; }

        public CxrModelCard Card { get; } = new() { Id = "recorder", Findings = [new("normal")], Input = new CardInput { Height = 8, Width = 8, Lungs = handling } };

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
        {
            Seen.AddRange(images.Select(static image => (image.Width, image.Height)));
            return [.. images.Select(static image => new CxrPrediction
            {
                Findings = [new Finding("normal", 1, 0.5f)],
                Logits = [0],
                ModelId = "recorder",
                Map = new Heatmap(2, 2, new float[4], image.Width, image.Height, PixelRegion.Whole(image)),
            })];
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class LeftHalf : ILungSegmenter
    {
        public int Calls { get; private set; }

        public bool IsDisposed { get; private set; }

        public CxrModelCard Card { get; } = new() { Id = "left half", Input = new CardInput { Height = 8, Width = 8 } };

        public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
        {
            Calls++;
            return [.. images.Select(static image => new LungMask(image.Width, image.Height, [.. Enumerable.Range(0, image.Width * image.Height).Select(i => i % image.Width < image.Width / 2 ? 1f : 0f)]))];
        }

        public void Dispose() => IsDisposed = true;
    }
}
