namespace CxrNet.Abstractions.Tests.Imaging;

public sealed class WrappingSamples
{
    [Theory]
    [InlineData(SampleFormat.UInt8, PhotometricMeaning.Monochrome2, 8, 6)]
    [InlineData(SampleFormat.UInt8, PhotometricMeaning.Rgb, 8, 18)]
    [InlineData(SampleFormat.UInt16, PhotometricMeaning.Monochrome1, 12, 12)]
    [InlineData(SampleFormat.Int16, PhotometricMeaning.Monochrome2, 16, 12)]
    public void TheBytesMustBeThoseOfTheDimensions(SampleFormat format, PhotometricMeaning photometric, int bits, int bytes)
    {
        DecodedImage image = new(3, 2, format, photometric, new byte[bytes], bits);

        Assert.Equal(photometric == PhotometricMeaning.Rgb ? 3 : 1, image.Channels);
        ArgumentException e = Assert.Throws<ArgumentException>(() => new DecodedImage(3, 2, format, photometric, new byte[bytes - 1], bits));
        Assert.StartsWith($"{bytes - 1} bytes given", e.Message, StringComparison.Ordinal);
        Assert.Contains($"{bytes} expected", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SampleFormat.UInt8, 9)]
    [InlineData(SampleFormat.UInt8, 0)]
    [InlineData(SampleFormat.UInt16, 17)]
    public void BitsThatASampleCannotHoldAreRefused(SampleFormat format, int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecodedImage(1, 1, format, PhotometricMeaning.Monochrome2, new byte[format == SampleFormat.UInt8 ? 1 : 2], bits));

    [Fact]
    public void TwoByteSamplesAreReadInTheMachinesOrder()
    {
        byte[] bytes = [.. BitConverter.GetBytes((ushort)4095), .. BitConverter.GetBytes((ushort)1)];

        Assert.Equal([4095, 1], new DecodedImage(2, 1, SampleFormat.UInt16, PhotometricMeaning.Monochrome2, bytes, 12).Samples16.ToArray());
    }

    [Fact]
    public void OneByteSamplesAreNotReadAsTwo() =>
        Assert.Throws<InvalidOperationException>(() => new DecodedImage(2, 1, SampleFormat.UInt8, PhotometricMeaning.Monochrome2, new byte[2], 8).Samples16.Length);
}
