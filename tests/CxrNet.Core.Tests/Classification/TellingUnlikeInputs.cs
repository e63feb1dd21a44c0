using System.Buffers.Binary;

namespace CxrNet.Core.Tests.Classification;

public sealed class TellingUnlikeInputs
{
    private static readonly CardInput Input = new() { Width = 32, Height = 32 };

    [Fact]
    public void TheDistanceIsTheMahalanobisDistanceToTheNearestGroup()
    {
        // Two groups in three dimensions; one principal direction along (3, 4, 0) / 5 of deviation 2, all others of 0.5.
        CardGuardPart part = Part(CardGuardSource.Pooled, 3, 2, 1, 1, [1, 2, 3, -1, -1, -1], [1, 0.5f, 2], [0.6f, 0.8f, 0], [2], 0.5f, 4, 1);

        float found = new GuardGaussian(part).Distance([2, 4, 3.5f], new float[3]);

        double Square(double[] mean)
        {
            double[] z = [(2 - mean[0]) * 1, (4 - mean[1]) * 0.5, (3.5 - mean[2]) * 2];
            double along = (0.6 * z[0]) + (0.8 * z[1]);
            double across = z.Sum(v => v * v) - (along * along);
            return (along * along / 4) + (across / 0.25);
        }

        // The first group is four times as wide.
        Assert.Equal(Math.Sqrt(Math.Min(Square([1, 2, 3]) / 16, Square([-1, -1, -1])) / 3), found, 2e-3);
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(37, 50)]
    [InlineData(7, 5)]
    public void AThumbnailIsTheMeanOfEachCell(int width, int height)
    {
        float[] plane = [.. Enumerable.Range(0, width * height).Select(i => (float)Math.Sin(i))];
        float[] interleaved = [.. plane.SelectMany(v => new[] { v, -5 })];
        float[] found = new float[GuardThumbnail.Length];
        float[] strided = new float[GuardThumbnail.Length];

        GuardThumbnail.Average(plane, width, height, 1, found);
        GuardThumbnail.Average(interleaved, width, height, 2, strided);

        for (int cell = 0; cell < found.Length; cell++)
        {
            int top = cell / 16 * height / 16, bottom = Math.Max(((cell / 16) + 1) * height / 16, top + 1);
            int left = cell % 16 * width / 16, right = Math.Max(((cell % 16) + 1) * width / 16, left + 1);
            double mean = Enumerable.Range(top, bottom - top).SelectMany(y => Enumerable.Range(left, right - left).Select(x => (double)plane[(y * width) + x])).Average();
            Assert.Equal(mean, found[cell], 1e-5);
            Assert.Equal(mean, strided[cell], 1e-5);
        }
    }

    [Fact]
    public void TheWorstPartInUnitsOfItsThresholdDecides()
    {
        CardGuardPart thumbnail = Part(CardGuardSource.Thumbnail, 256, 1, 0, 4, new float[256], [.. Enumerable.Repeat(1f, 256)], [], [], 1);
        CardGuardPart pooled = Part(CardGuardSource.Pooled, 2, 1, 0, 0.5f, new float[2], [1, 1], [], [], 1) with { Start = 1 };
        InputDistance guard = InputDistance.Of(Card(thumbnail, pooled))!;
        GrayImage[] images = [Flat(0.5f), Flat(0.1f)];
        using InputTensor input = InputTensor.From(images, Input);
        using TensorBuffer features = TensorBuffer.Rent(2, 3);
        new float[] { 9, 0, 0, 9, 3, 4 }.CopyTo(features.Values.Span);
        float[] distances = new float[2];

        guard.Measure(input, features, distances);

        // First image: a flat thumbnail of 0.5 lies 0.5 from 0, over a threshold of 4. Second: (3, 4) lies 5 from 0 in two dimensions.
        Assert.Equal(0.5 / 4, distances[0], 1e-4);
        Assert.Equal(5 / Math.Sqrt(2) / 0.5, distances[1], 1e-3);
    }

    [Fact]
    public void FeaturesThatAreNoNumbersAreUnlikeEverything()
    {
        InputDistance guard = InputDistance.Of(Card(Part(CardGuardSource.Pooled, 2, 1, 0, 1, new float[2], [1, 1], [], [], 1)))!;
        using InputTensor input = InputTensor.From([Flat(0.5f)], Input);
        using TensorBuffer features = TensorBuffer.Rent(1, 2);
        new float[] { float.NaN, 0 }.CopyTo(features.Values.Span);
        float[] distances = new float[1];

        guard.Measure(input, features, distances);

        Assert.Equal(float.MaxValue, distances[0]);
    }

    [Fact]
    public void MeasuringAllocatesNothing()
    {
        CardGuardPart part = Part(CardGuardSource.Thumbnail, 256, 1, 0, 4, new float[256], [.. Enumerable.Repeat(1f, 256)], [], [], 1);
        InputDistance guard = InputDistance.Of(Card(part))!;
        using InputTensor input = InputTensor.From([Flat(0.5f)], Input);
        float[] distances = new float[1];
        AllocationAssert.AtMost(0, () => guard.Measure(input, null, distances));
    }

    [Fact]
    public void ACardWithoutAGuardHasNone() => Assert.Null(InputDistance.Of(Card()));

    [Theory]
    [InlineData("half-precision numbers were expected")]
    [InlineData("base64")]
    [InlineData("threshold")]
    [InlineData("names no output")]
    [InlineData("thumbnail")]
    [InlineData("not finite")]
    [InlineData("alpha")]
    [InlineData("a guard of 0 parts")]
    public void ACardWhoseGuardContradictsItselfIsRefused(string expected)
    {
        CardGuardPart good = Part(CardGuardSource.Pooled, 2, 1, 0, 1, new float[2], [1, 1], [], [], 1);
        CxrModelCard card = expected switch
        {
            "half-precision numbers were expected" => Card(good with { Length = 3 }),
            "base64" => Card(good with { Statistics = "!" }),
            "threshold" => Card(good with { Threshold = 0 }),
            "names no output" => Card(good) with { Outputs = new CardOutputs() },
            "thumbnail" => Card(good with { Source = CardGuardSource.Thumbnail }),
            "not finite" => Card(Part(CardGuardSource.Pooled, 2, 1, 0, 1, new float[2], [1, 1], [], [], 0)),
            "a guard of 0 parts" => Card() with { Guard = new CardGuard([], "drawn") },
            _ => Card() with { Abstain = new CardAbstain(1.5, 0.5f, "") },
        };

        CxrModelException error = Assert.Throws<CxrModelException>(() => CxrModelCardCheck.Require(card, CxrModelTask.Classification, "a.onnx"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        CxrModelCardCheck.Require(Card(good), CxrModelTask.Classification, "a.onnx");
    }

    private static CxrModelCard Card(params CardGuardPart[] parts) => new()
    {
        Id = "guarded-1",
        Input = Input,
        Findings = [new CardFinding("normal"), new CardFinding("covid19")],
        Outputs = new CardOutputs { Pooled = "pooled" },
        Guard = parts.Length == 0 ? null : new CardGuard(parts, "drawn"),
    };

    private static CardGuardPart Part(CardGuardSource source, int length, int groups, int components, float threshold, float[] means, float[] inverse, float[] directions, float[] deviations, float common, params float[] sizes)
    {
        float[] numbers = [.. means, .. inverse, .. directions, .. deviations, common, .. sizes.Length > 0 ? sizes : [.. Enumerable.Repeat(1f, groups)]];
        byte[] bytes = new byte[2 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), (Half)numbers[i]);
        }

        return new CardGuardPart(source, 0, length, groups, 0, components, threshold, 0, Convert.ToBase64String(bytes));
    }

    private static GrayImage Flat(float level) => new(32, 32, [.. Enumerable.Repeat(level, 32 * 32)]);
}
