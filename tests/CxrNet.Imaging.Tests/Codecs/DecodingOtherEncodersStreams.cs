namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Small streams of the synthetic picture, written by OpenJPEG and CharLS with every option that a decoder must know.</summary>
public sealed class DecodingOtherEncodersStreams
{
    public static TheoryData<string> Files => [.. OtherEncodersStream.All.Select(static stream => stream.File)];

    [Theory, MemberData(nameof(Files))]
    public void GivesTheirPictureBack(string file)
    {
        OtherEncodersStream stream = OtherEncodersStream.All.Single(stream => stream.File == file);
        var image = stream.Decode(stream.Read());
        int[] picture = SyntheticPicture.Make(stream.Width, stream.Height, stream.Components, stream.Bits);
        int offset = stream.IsSigned ? 1 << (stream.Bits - 1) : 0;

        Assert.Equal((stream.Width, stream.Height, stream.Components, stream.Bits, stream.IsSigned), (image.Width, image.Height, image.Components, image.BitsPerSample, image.IsSigned));
        Assert.InRange(picture.Zip(image.Samples, (a, b) => Math.Abs(a - offset - b)).Max(), 0, stream.Tolerance);
    }

    [Theory]
    [InlineData("plain.j2k")]
    [InlineData("wrapped.jp2")]
    [InlineData("gray8.jls")]
    public void RefusesASizeOverTheLimitBeforeItAllocates(string file)
    {
        OtherEncodersStream stream = OtherEncodersStream.All.Single(stream => stream.File == file);
        byte[] bytes = stream.Read();
        var error = Assert.Throws<InvalidDataException>(() => stream.Decode(bytes, stream.Width * stream.Height - 1));
        Assert.Contains("40 x 31 = 1240 pixels declared, at most 1239 allowed", error.Message, StringComparison.Ordinal);
    }
}
