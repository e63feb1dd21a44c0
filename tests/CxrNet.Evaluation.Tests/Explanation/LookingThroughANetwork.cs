namespace CxrNet.Evaluation.Tests;

public sealed class LookingThroughANetwork
{
    private static readonly GrayImage Image = new(8, 4, [.. Enumerable.Range(0, 32).Select(i => 0.5f + (0.4f * MathF.Sin(i)))]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TensorLayout.Nchw)]
    [InlineData(TensorLayout.Nhwc)]
    public void TheUnchangedPlaneIsTheUnchangedInputInEveryChannel(TensorLayout layout)
    {
        InputNormalization normalization = new() { Kind = NormalizationKind.MeanStd, Mean = [0.4f, 0.5f, 0.6f], Std = [0.2f, 0.3f, 0.25f] };
        Recorder classifier = new(new CardInput { Width = 8, Height = 4, Channels = 3, Layout = layout, Normalization = normalization });
        NetworkView view = NetworkView.Of(classifier, Image);
        view.Score("a")([view.Plane], Token);
        using InputTensor expected = InputTensor.From([Image], classifier.Card.Input);
        for (int i = 0; i < expected.LengthEach; i++)
        {
            Assert.Equal(expected.Values.Span[i], classifier.Seen[i], 1e-5);
        }
    }

    [Fact]
    public void AChangedPlaneIsNotStandardisedAnew()
    {
        Recorder classifier = new(new CardInput { Width = 8, Height = 4, Normalization = InputNormalization.PerImage });
        NetworkView view = NetworkView.Of(classifier, Image);
        Assert.Equal(0, view.Plane.Pixels.ToArray().Average(), 1e-5);
        float[] changed = view.Plane.Pixels.ToArray();
        changed.AsSpan(8).Clear();
        view.Score("a")([new GrayImage(8, 4, [.. changed])], Token);
        Assert.Equal(changed, classifier.Seen);
    }

    [Fact]
    public void UntrainedOutputsTakeNoPartInTheProbability()
    {
        NetworkView view = NetworkView.Of(new Recorder(new CardInput { Width = 8, Height = 4 }), Image);
        double logit = Recorder.Logit(Image.Pixels);
        Assert.Equal(1 / (1 + Math.Exp(-logit)), view.Score("a")([view.Plane], Token)[0], 1e-5);
        Assert.Equal(logit, view.Score("a", ExplainedScore.Logit)([view.Plane], Token)[0], 1e-5);
        Assert.Throws<ArgumentException>(() => view.Score("c"));
    }

    [Fact]
    public void APlaneOrReferenceOfAnotherSizeIsRefused()
    {
        NetworkView view = NetworkView.Of(new Recorder(new CardInput { Width = 8, Height = 4 }), Image);
        GrayImage small = new(4, 4, new float[16]);
        Assert.Contains("An image of 4 x 4 given, 8 x 4 expected.", Assert.Throws<ArgumentException>(() => view.Score("a")([small], Token)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CausalMetric.Deletion(view.Score("a"), view.Plane, new float[32], new CausalOptions { Reference = _ => small }, Token));
        Assert.Throws<ArgumentException>(() => ConfidenceChange.Keep(view.Plane, new float[32], _ => small));
    }

    [Fact]
    public void MapsAndMasksAreBroughtToThePlane()
    {
        NetworkView view = NetworkView.Of(new Recorder(new CardInput { Width = 4, Height = 2 }), Image);
        BinaryMask left = view.Place(new BinaryMask(8, 4, [.. Enumerable.Range(0, 32).Select(i => i % 8 < 4)]));
        Assert.Equal([true, true, false, false, true, true, false, false], left.Pixels.ToArray());
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1], view.Place(new Heatmap(1, 1, [1], 8, 4)));
        Assert.Throws<ArgumentException>(() => view.Place(new BinaryMask(3, 3, new bool[9])));
    }

    /// <summary>Two trained outputs and one that is not; keeps the last input.</summary>
    private sealed class Recorder(CardInput input) : ITensorClassifier
    {
        public CxrModelCard Card { get; } = new() { Id = "recorder", Input = input, Findings = [new("a"), new(""), new("b")] };

        public float[] Seen { get; private set; } = [];

        public static double Logit(ReadOnlySpan<float> x) => x.ToArray().Select((v, i) => v * Math.Cos(i)).Sum();

        public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
        {
            for (int i = 0; i < count; i++)
            {
                Seen = inputs[i].ToArray();
                (logits[i][0], logits[i][1], logits[i][2]) = ((float)Logit(Seen), 50, 0);
            }
        }

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Ready inputs were to be scored.");

        public void Dispose()
        {
        }
    }
}
