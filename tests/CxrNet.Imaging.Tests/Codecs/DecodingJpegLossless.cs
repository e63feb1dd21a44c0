using CsCheck;
using CxrNet.Imaging.Dicom.Codecs.JpegLossless;

namespace CxrNet.Imaging.Tests.Codecs;

public sealed class DecodingJpegLossless
{
    [Fact]
    public void GivesBackWhatWasEncodedForEveryPredictorDepthAndLayout() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 4], Gen.Int[2, 16], Gen.Int[1, 7], Gen.Int[0, 3], Gen.Int[0, 5])
            .SelectMany(static shape => Gen.Select(Gen.Const(shape), Gen.Int[0, (1 << shape.Item4) - 1].Array[shape.Item1 * shape.Item2 * shape.Item3], Gen.Bool))
            .Sample(static (shape, samples, interleaved) =>
            {
                (int width, int height, int components, int precision, int predictor, int shift, int restartRows) = shape;
                int pointTransform = Math.Min(shift, precision - 1);
                byte[] stream = new LosslessEncoder(width, height, components, precision, predictor, pointTransform, restartRows).Encode(samples, interleaved);
                var image = JpegLosslessDecoder.Decode(stream, width * height);
                Assert.Equal((width, height, components, precision), (image.Width, image.Height, image.Components, image.BitsPerSample));
                Assert.Equal(Array.ConvertAll(samples, sample => sample >> pointTransform << pointTransform), image.Samples);
            }, iter: 500);

    [Fact]
    public void RefusesASizeOverTheLimit()
    {
        byte[] stream = new LosslessEncoder(20, 10, 1, 8, 1, 0, 0).Encode(new int[200], interleaved: true);
        var error = Assert.Throws<InvalidDataException>(() => JpegLosslessDecoder.Decode(stream, 199));
        Assert.Contains("20 x 10 = 200 pixels declared, at most 199 allowed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAClaimThatTheBytesCannotHold()
    {
        byte[] stream = new LosslessEncoder(4, 4, 1, 8, 1, 0, 0).Encode(new int[16], interleaved: true);
        int height = stream.AsSpan().IndexOf([(byte)0xFF, (byte)0xC3]) + 5;
        stream[height] = 0xFF;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => JpegLosslessDecoder.Decode(stream, long.MaxValue));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000);
    }
}
