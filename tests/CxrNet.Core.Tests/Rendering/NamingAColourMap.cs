namespace CxrNet.Core.Tests.Rendering;

public sealed class NamingAColourMap
{
    [Fact]
    public void EveryMapIsFoundByItsName() => Assert.All(ColorMaps.All, map => Assert.Same(map, ColorMaps.ByName(map.Name.ToUpperInvariant())));

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheKnownOnes() =>
        Assert.Contains("'rainbow'; there are inferno", Assert.Throws<ArgumentException>(() => ColorMaps.ByName("rainbow")).Message, StringComparison.Ordinal);

    [Fact]
    public void InfernoGetsLighterWithEveryStep()
    {
        double Luma(int step) => (0.299 * ColorMaps.Inferno[step].Red) + (0.587 * ColorMaps.Inferno[step].Green) + (0.114 * ColorMaps.Inferno[step].Blue);

        // Rounded to bytes, two neighbours may be equal.
        Assert.All(Enumerable.Range(4, 252), step => Assert.True(Luma(step) > Luma(step - 4)));
    }

    [Fact]
    public void ATableOfAnotherLengthIsRefused() =>
        Assert.Contains("7 bytes given", Assert.Throws<ArgumentException>(() => new ColorMap("x", new byte[7])).Message, StringComparison.Ordinal);
}
