using CxrNet.Imaging.Dicom.Codecs;
using CxrNet.Imaging.Dicom.Codecs.JpegLossless;

namespace CxrNet.Imaging.Tests.Codecs;

public sealed class DecodingHostileStreams
{
    private const int FlipsPerStream = 250;

    public static TheoryData<string> Streams => ["lossless", "lossless restart", .. OtherEncodersStream.All.Select(static stream => stream.File)];

    [Theory, MemberData(nameof(Streams))]
    public void RefusesEveryStreamThatEndsEarly(string name)
    {
        (byte[] stream, Func<byte[], CodedImage> decode) = Open(name);
        int[] whole = decode(stream).Samples;
        foreach (byte[] cut in Mutations.Cuts(stream))
        {
            // Only what lies behind the last sample (the end marker) may be missing.
            CodedImage? image = Mutations.TryDecode(decode, cut);
            Assert.True(image is null || image.Samples.AsSpan().SequenceEqual(whole), $"{name} cut to {cut.Length} of {stream.Length} bytes gave another image.");
        }
    }

    [Theory, MemberData(nameof(Streams))]
    public void DecodesOrRefusesDamagedStreams(string name)
    {
        (byte[] stream, Func<byte[], CodedImage> decode) = Open(name);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] damaged in Mutations.Flips(stream, FlipsPerStream, seed: name.Length))
        {
            Mutations.TryDecode(decode, damaged);

            // Four samples of a pixel, a plane of coefficients for each, and the parts that a tile may be cut into.
            long after = GC.GetAllocatedBytesForCurrentThread();
            Assert.InRange(after - before, 0, 4 * 8 * KnownCodecs.HostileLimit + 300_000_000);
            before = after;
        }
    }

    private static (byte[] Stream, Func<byte[], CodedImage> Decode) Open(string name)
    {
        int[] picture = SyntheticPicture.Make(60, 50, 1, 12);
        switch (name)
        {
            case "lossless":
                return (new LosslessEncoder(60, 50, 1, 12, 7, 0, 0).Encode(picture, interleaved: true), Lossless);
            case "lossless restart":
                return (new LosslessEncoder(20, 50, 3, 12, 4, 0, 2).Encode(picture, interleaved: false), Lossless);
            default:
                OtherEncodersStream stream = OtherEncodersStream.All.Single(stream => stream.File == name);
                return (stream.Read(), stream.Decode);
        }
    }

    private static CodedImage Lossless(byte[] stream) => JpegLosslessDecoder.Decode(stream, KnownCodecs.HostileLimit);
}
