namespace CxrNet.Cli.Tests;

public sealed class SharingOutTime
{
    [Fact]
    public void WithTimeForAllEveryMethodGetsEveryImage() => Assert.Equal([10, 10, 10], MapBudget.Images([1, 2, 3], 10, 60));

    [Fact]
    public void WithoutALimitEveryMethodGetsEveryImage() => Assert.Equal([10, 10], MapBudget.Images([1, 1e9], 10, double.PositiveInfinity));

    [Fact]
    public void WhatCheapMethodsLeaveIsSharedEvenlyByTheOthers()
    {
        // 100 images in 100 s: the first method needs 10 s for all of them, which leaves 45 s for each of the others.
        Assert.Equal([100, 22, 9], MapBudget.Images([0.1, 2, 5], 100, 100));
    }

    [Fact]
    public void NoMethodIsLeftWithoutAnImage() => Assert.Equal([1, 1], MapBudget.Images([50, 100], 10, 1));

    [Fact]
    public void AMethodThatWasNeverTimedIsTriedEverywhere() => Assert.Equal([10, 5], MapBudget.Images([0, 1], 10, 5));
}
