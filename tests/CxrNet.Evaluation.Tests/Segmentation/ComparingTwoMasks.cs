using CsCheck;

namespace CxrNet.Evaluation.Tests;

public sealed class ComparingTwoMasks
{
    private static readonly Gen<BinaryMask> Masks = Gen.Select(Gen.Int[0, 10], Gen.Int[0, 1000]).Select((density, seed) =>
    {
        SplitMix64 random = new((ulong)seed);
        return new BinaryMask(9, 7, [.. Enumerable.Range(0, 63).Select(_ => random.Below(10) < density)]);
    });

    [Fact]
    public void DiceIsSymmetricAndNotBelowIoU() =>
        Gen.Select(Masks, Masks).Sample((a, b) =>
        {
            MaskOverlap overlap = MaskOverlap.Of(a, b);
            MaskOverlap reversed = MaskOverlap.Of(b, a);
            Assert.Equal(overlap.Dice, reversed.Dice);
            if (!double.IsNaN(overlap.Dice))
            {
                Assert.InRange(overlap.IntersectionOverUnion, 0, overlap.Dice);
                Assert.InRange(overlap.Dice, 0, 1);
                Assert.Equal(2 * overlap.IntersectionOverUnion / (1 + overlap.IntersectionOverUnion), overlap.Dice, 12);
            }
        });

    [Fact]
    public void TheDistanceTransformIsTheBruteForce() =>
        Gen.Select(Masks, Gen.Double[0.2, 3], Gen.Double[0.2, 3]).Sample((mask, row, column) =>
        {
            double[] distances = DistanceTransform.To(mask, new PixelSpacing(row, column));
            for (int i = 0; i < distances.Length; i++)
            {
                double nearest = Enumerable.Range(0, 63).Where(j => mask.Pixels[j]).Select(j => Math.Sqrt(Square(row * ((i / 9) - (j / 9))) + Square(column * ((i % 9) - (j % 9))))).DefaultIfEmpty(double.PositiveInfinity).Min();
                Assert.Equal(nearest, distances[i], 1e-9);
            }
        }, iter: 50);

    [Fact]
    public void SurfaceDistancesAreSymmetricAndOrdered() =>
        Gen.Select(Masks, Masks).Sample((a, b) =>
        {
            SurfaceDistances? there = SurfaceDistances.Between(a, b, PixelSpacing.Pixels);
            SurfaceDistances? back = SurfaceDistances.Between(b, a, PixelSpacing.Pixels);
            Assert.Equal(a.Count == 0 || b.Count == 0, there is null);
            if (there is not null && back is not null)
            {
                Assert.Equal(there.AveragePooled, back.AveragePooled, 12);
                Assert.Equal(there.Hausdorff, back.Hausdorff);
                Assert.True(there.Hausdorff95MaxOfDirected <= there.Hausdorff);
                Assert.True(there.Hausdorff95Pooled <= there.Hausdorff);
            }
        });

    [Fact]
    public void TwoEmptyMasksHaveNoDiceAndNoDistance()
    {
        BinaryMask empty = new(3, 2, new bool[6]);
        Assert.True(double.IsNaN(MaskOverlap.Of(empty, empty).Dice));
        Assert.Null(SurfaceDistances.Between(empty, empty, PixelSpacing.Pixels));
        Assert.All(DistanceTransform.To(empty, PixelSpacing.Pixels), d => Assert.Equal(double.PositiveInfinity, d));
        SegmentationReport report = SegmentationReport.From([empty, new BinaryMask(1, 1, [true])], [empty, new BinaryMask(1, 1, [true])]);
        Assert.Equal(1, report.Undefined);
        Assert.Equal(1, report.Dice.Estimate);
    }

    [Fact]
    public void AMissedMaskHasNoOverlapAndNoDistanceAndImagesOfAPatientAreDrawnTogether()
    {
        BinaryMask row = new(4, 1, [true, true, false, false]), moved = new(4, 1, [false, true, true, false]), none = new(4, 1, new bool[4]);
        SegmentationReport report = SegmentationReport.From([row, row, row], [row, moved, none], options: new BootstrapOptions { Clusters = [1, 1, 1] });
        Assert.Equal([1, 0.5, 0], report.Overlaps.Select(static o => o.Dice));
        Assert.Null(report.Distances[2]);
        Assert.Equal(0.5, report.Dice.Estimate);
        Assert.Equal((0.475, 0.25), (Math.Round(report.Hausdorff95, 9), report.AverageSurfaceDistance));

        // One patient: nothing is known of another one.
        Assert.True(double.IsNaN(report.Dice.Low));
    }

    [Fact]
    public void APixelBesideTheMaskIsNone()
    {
        BinaryMask mask = new(2, 2, [true, false, true, false]);
        Assert.Throws<ArgumentOutOfRangeException>(() => mask[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => mask[0, -1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.From([0], [0], ["a", "b"])[0, 2]);
    }

    [Fact]
    public void MasksOfAnotherSizeAreRefused() =>
        Assert.Contains("A mask of 2 x 1 given, 1 x 2 expected.", Assert.Throws<ArgumentException>(() => MaskOverlap.Of(new BinaryMask(1, 2, [true, true]), new BinaryMask(2, 1, [true, true]))).Message, StringComparison.Ordinal);

    private static double Square(double value) => value * value;
}
