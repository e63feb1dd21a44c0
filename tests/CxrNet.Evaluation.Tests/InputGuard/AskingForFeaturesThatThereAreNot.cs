namespace CxrNet.Evaluation.Tests.InputGuard;

public sealed class AskingForFeaturesThatThereAreNot
{
    private const int Features = 12;

    [Theory]
    [InlineData(12, "PooledStart is 12, but the first training image has 12 pooled features: 0 to 11 expected.")]
    [InlineData(40, "PooledStart is 40, but the first training image has 12 pooled features: 0 to 11 expected.")]
    [InlineData(-1, "PooledStart is -1 and PooledLength null, 0 or more expected of both.")]
    public void AStartBeyondTheFeaturesIsNamed(int start, string message) =>
        Assert.StartsWith(message, Error(new GuardFitOptions { PooledStart = start }), StringComparison.Ordinal);

    [Fact]
    public void ANegativeLengthIsNamed() =>
        Assert.StartsWith("PooledStart is 2 and PooledLength -3, 0 or more expected of both.", Error(new GuardFitOptions { PooledStart = 2, PooledLength = -3 }), StringComparison.Ordinal);

    [Fact]
    public void ALengthBeyondTheFeaturesIsNamedHoweverFarTheStart() =>
        Assert.Contains($"12 numbers of Pooled, {int.MaxValue + 1L} expected", Assert.Throws<ArgumentException>(() => Fit(new GuardFitOptions { PooledStart = int.MaxValue, PooledLength = 1, PooledComponents = 0, ThumbnailComponents = 2 })).Message, StringComparison.Ordinal);

    [Theory, InlineData(256), InlineData(1000), InlineData(-1)]
    public void AsManyDirectionsAsTheThumbnailHasNumbersAreRefused(int components) =>
        Assert.StartsWith($"ThumbnailComponents is {components}, 0 to 255 expected.", Error(new GuardFitOptions { ThumbnailComponents = components }), StringComparison.Ordinal);

    [Fact]
    public void FewerPooledDirectionsThanNoneAreRefused() =>
        Assert.StartsWith("PooledComponents is -1, 0 or more expected.", Error(new GuardFitOptions { PooledComponents = -1 }), StringComparison.Ordinal);

    [Fact]
    public void NoneAtAllOrNoneAskedForLeavesTheThumbnail()
    {
        GuardFitOptions options = new() { ThumbnailComponents = 2, PooledComponents = 2 };
        Assert.Equal(CardGuardSource.Thumbnail, Assert.Single(Fit(options with { PooledLength = 0 }).Parts).Source);
        GuardSample[] without = [.. Draw(30).Select(static sample => sample with { Pooled = ReadOnlyMemory<float>.Empty })];
        Assert.Equal(CardGuardSource.Thumbnail, Assert.Single(GuardFit.Fit(without, without, options).Parts).Source);
        Assert.Equal((5, 7), Fit(options with { PooledStart = 5 }).Parts.Where(static part => part.Source == CardGuardSource.Pooled).Select(static part => (part.Start, part.Length)).Single());
    }

    [Theory, InlineData(3), InlineData(4), InlineData(-1)]
    public void ThereAreFewerDirectionsThanNumbers(int directions)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>("count", () => PrincipalComponents.Of([[1, 0, 0], [-1, 0, 0]], directions));
        Assert.StartsWith($"{directions} directions of 3 numbers asked for, 0 to 2 expected.", error.Message, StringComparison.Ordinal);
    }

    private static string Error(GuardFitOptions given) => Assert.Throws<ArgumentException>("options", () => Fit(given)).Message;

    private static CardGuard Fit(GuardFitOptions options) => GuardFit.Fit(Draw(30), Draw(10), options);

    private static GuardSample[] Draw(int count)
    {
        SplitMix64 random = new(2);
        float[] Numbers(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)random.NextNormal())];
        return [.. Enumerable.Range(0, count).Select(_ => new GuardSample(Numbers(Features), Numbers(GuardThumbnail.Length)))];
    }
}
