using System.Diagnostics;
using CxrNet.Imaging.Dicom;

namespace CxrNet.Imaging.Tests.Dicom;

/// <summary>Enhanced multi-frame files, which state grey levels and spacing for all frames (5200,9229) or for each (5200,9230); PS3.3 C.7.6.16.</summary>
public sealed class ReadingFunctionalGroups
{
    private const uint Shared = 0x5200_9229;
    private const uint PerFrame = 0x5200_9230;

    [Fact]
    public void WhatIsSharedHoldsForEveryFrame()
    {
        DicomFile file = Open(2, f => f.Sequence(Shared, Groups(slope: 2, centre: 40, spacing: "0.1\\0.2")));
        for (int frame = 0; frame < 2; frame++)
        {
            DecodedImage image = file.Decode(frame);
            Assert.Equal((2, -5), (image.Display.RescaleSlope, image.Display.RescaleIntercept));
            Assert.Equal(new VoiWindow(40, 100, VoiFunction.Linear), image.Display.Window);
            Assert.Equal((0.1, 0.2), (image.Info.RowSpacingMillimetres, image.Info.ColumnSpacingMillimetres));
        }
    }

    [Fact]
    public void AFramesOwnGroupsComeBeforeTheSharedOnes()
    {
        DicomFile file = Open(3, f => f.Sequence(Shared, Groups(2, 40, "0.1\\0.2")).Sequence(PerFrame, Groups(3, 50, "0.3\\0.4"), new TestDicom(), Groups(4, 60, "0.5\\0.6")));

        // Backwards: what an earlier call found must not stand for what a later one asks.
        DecodedImage[] images = [.. new[] { 2, 1, 0 }.Select(file.Decode).Reverse()];
        Assert.Equal([3, 2, 4], images.Select(static i => i.Display.RescaleSlope));
        Assert.Equal([50, 40, 60], images.Select(static i => i.Display.Window!.Center));
        Assert.Equal([0.3, 0.1, 0.5], images.Select(static i => i.Info.RowSpacingMillimetres!.Value));
    }

    [Fact]
    public void AFrameWithoutAnItemHasTheSharedGroups()
    {
        DicomFile file = Open(3, f => f.Sequence(Shared, Groups(2, 40, "0.1\\0.2")).Sequence(PerFrame, Groups(3, 50, "0.3\\0.4")));
        Assert.Equal([3, 2, 2], Enumerable.Range(0, 3).Select(frame => file.Decode(frame).Display.RescaleSlope));
    }

    [Fact]
    public void TheDataSetsOwnValuesComeBeforeAllGroups()
    {
        DicomFile file = Open(1, f => f.Text(0x0028_1053, "DS", "7").Text(0x0028_0030, "DS", "0.9\\0.8").Sequence(PerFrame, Groups(3, 50, "0.3\\0.4")));
        DecodedImage image = file.Decode();
        Assert.Equal((7, 0.9), (image.Display.RescaleSlope, image.Info.RowSpacingMillimetres));
    }

    [Fact]
    public void ThousandsOfFramesAreFoundInTime()
    {
        const int Frames = 10_000;
        TestDicom[] groups = [.. Enumerable.Range(0, Frames).Select(static i => Groups(i + 1, 50, "0.3\\0.4"))];
        DicomFile file = Open(Frames, f => f.Sequence(PerFrame, groups));
        Stopwatch watch = Stopwatch.StartNew();
        for (int frame = 0; frame < Frames; frame++)
        {
            Assert.Equal(frame + 1, file.Decode(frame).Display.RescaleSlope);
        }

        // A walk from the first item for each frame takes minutes, one for all a tenth of a second.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 8);
    }

    private static TestDicom Groups(int slope, int centre, string spacing) => new TestDicom()
        .Sequence(0x0028_9110, new TestDicom().Text(0x0028_0030, "DS", spacing))
        .Sequence(0x0028_9132, new TestDicom().Text(0x0028_1050, "DS", $"{centre}").Text(0x0028_1051, "DS", "100"))
        .Sequence(0x0028_9145, new TestDicom().Text(0x0028_1052, "DS", "-5").Text(0x0028_1053, "DS", $"{slope}"));

    private static DicomFile Open(int frames, Action<TestDicom> add)
    {
        TestDicom file = TestDicom.Grey(2, 1, 8, new byte[2 * frames]).Text(0x0028_0008, "IS", $"{frames}");
        add(file);
        return DicomFile.Open(file.File());
    }
}
