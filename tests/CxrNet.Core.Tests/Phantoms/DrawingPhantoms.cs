using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CxrNet.Core.Tests.Phantoms;

public sealed class DrawingPhantoms
{
    public static TheoryData<PhantomClass, int> Patients => [.. from phantomClass in Enum.GetValues<PhantomClass>() from seed in (int[])[1, 2, 3, 4, 5] select (phantomClass, seed)];

    public static TheoryData<int, int> Sizes => new() { { 16, 16 }, { 640, 64 }, { 64, 641 }, { 333, 222 } };

    [Fact]
    public void PixelsAreTheSameOnEveryMachine()
    {
        ChestPhantom phantom = Draw(PhantomClass.Covid19, seed: 1, side: 96);

        string hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(phantom.Image.Pixels)));

        Assert.Equal("f7bffe2287935479ef768133e30700fa866f56a5db3c8289df3144cd55ea2667", hash);
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void TheLungsAreTwoDarkFieldsThatFillAThirdOfTheImage(PhantomClass phantomClass, int seed)
    {
        ChestPhantom phantom = Draw(phantomClass, seed);

        bool[] lungs = phantom.Lungs.ToArray();
        Assert.InRange(lungs.Count(static inside => inside) / (double)lungs.Length, 0.25, 0.45);
        Assert.All(Enumerable.Range(0, phantom.Image.Height), row => Assert.False(lungs[(row * phantom.Image.Width) + (phantom.Image.Width / 2)]));
        Assert.True(Mean(phantom, (i, _) => lungs[i]) < Mean(phantom, (i, _) => !lungs[i]) - 0.1);
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void LesionsLieInTheLungs(PhantomClass phantomClass, int seed)
    {
        ChestPhantom phantom = Draw(phantomClass, seed);

        for (int i = 0; i < phantom.Lesion.Length; i++)
        {
            Assert.True(phantom.Lungs[i] || !phantom.Lesion[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void EachClassHasItsOwnPattern(PhantomClass phantomClass, int seed)
    {
        ChestPhantom phantom = Draw(phantomClass, seed);
        double lungs = Count(phantom.Lungs);
        (double left, double right) = Halves(phantom);

        switch (phantomClass)
        {
            case PhantomClass.Normal:
                Assert.Equal(0, left + right);
                break;
            case PhantomClass.BacterialPneumonia:
                Assert.Equal(0, Math.Min(left, right));
                Assert.InRange((left + right) / lungs, 0.05, 0.40);
                break;
            case PhantomClass.ViralPneumonia:
                Assert.InRange(Math.Min(left, right) / lungs, 0.20, 0.50);
                break;
            default:
                Assert.InRange(Math.Min(left, right) / lungs, 0.02, 0.25);
                Assert.True(MeanRow(phantom, phantom.Lesion) > MeanRow(phantom, phantom.Lungs));
                Assert.True(MeanDistanceFromMidline(phantom, phantom.Lesion) > MeanDistanceFromMidline(phantom, phantom.Lungs));
                break;
        }
    }

    [Theory]
    [InlineData(PhantomClass.BacterialPneumonia, 0.15)]
    [InlineData(PhantomClass.ViralPneumonia, 0.05)]
    [InlineData(PhantomClass.Covid19, 0.08)]
    public void ALesionIsBrighterThanTheSamePlaceOfTheHealthyTwin(PhantomClass phantomClass, double atLeast)
    {
        ChestPhantom ill = Draw(phantomClass, seed: 3);
        ChestPhantom healthy = Draw(PhantomClass.Normal, seed: 3);

        Assert.True(healthy.Lungs.SequenceEqual(ill.Lungs));
        bool[] lesion = ill.Lesion.ToArray();
        double inside = Mean(ill, (i, _) => lesion[i]) - Mean(healthy, (i, _) => lesion[i]);
        Assert.True(inside > atLeast, $"{inside:F3}");
        Assert.Equal(0, Mean(ill, (i, _) => !ill.Lungs[i]) - Mean(healthy, (i, _) => !healthy.Lungs[i]), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AnySizeHoldsAChest(int width, int height)
    {
        ChestPhantom phantom = ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.ViralPneumonia, Width = width, Height = height });

        Assert.Equal((width, height), (phantom.Image.Width, phantom.Image.Height));
        Assert.Equal((width, height), (phantom.LungMask.Width, phantom.LungMask.Height));
        Assert.All(phantom.Image.Pixels.ToArray(), static grey => Assert.InRange(grey, 0, 1));
        Assert.True(Count(phantom.Lungs) > 0);
        Assert.True(Count(phantom.Lesion) > 0);
    }

    [Fact]
    public void WithoutNoiseTheFieldOutsideTheBodyIsBlack()
    {
        ChestPhantom phantom = ChestPhantom.Create(new PhantomOptions { Noise = 0 });

        Assert.Equal(0, phantom.Image.Pixels[0]);
    }

    [Theory]
    [InlineData(15, 64, 0.01)]
    [InlineData(64, 0, 0.01)]
    [InlineData(64, 64, -0.01)]
    public void WhatCannotBeDrawnIsRefused(int width, int height, double noise) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChestPhantom.Create(new PhantomOptions { Width = width, Height = height, Noise = noise }));

    private static ChestPhantom Draw(PhantomClass phantomClass, int seed, int side = 160) =>
        ChestPhantom.Create(new PhantomOptions { Class = phantomClass, Seed = seed, Width = side, Height = side });

    private static int Count(ReadOnlySpan<bool> mask) => mask.Count(true);

    private static (double Left, double Right) Halves(ChestPhantom phantom)
    {
        int width = phantom.Image.Width;
        bool[] lesion = phantom.Lesion.ToArray();
        return (lesion.Where((inside, i) => inside && i % width < width / 2).Count(), lesion.Where((inside, i) => inside && i % width >= width / 2).Count());
    }

    private static double Mean(ChestPhantom phantom, Func<int, float, bool> where) => phantom.Image.Pixels.ToArray().Where((grey, i) => where(i, grey)).Average();

    private static double MeanRow(ChestPhantom phantom, ReadOnlySpan<bool> mask) =>
        mask.ToArray().Select((inside, i) => (inside, row: i / phantom.Image.Width)).Where(static p => p.inside).Average(static p => p.row);

    private static double MeanDistanceFromMidline(ChestPhantom phantom, ReadOnlySpan<bool> mask) =>
        mask.ToArray().Select((inside, i) => (inside, distance: Math.Abs((i % phantom.Image.Width) - (phantom.Image.Width / 2.0)))).Where(static p => p.inside).Average(static p => p.distance);
}
