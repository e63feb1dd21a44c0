using CxrNet.Imaging.Dicom.Codecs;
using CxrNet.Imaging.Dicom.Codecs.JpegLossless;

namespace CxrNet.Imaging.Tests.Codecs;

public sealed class DecodingHostileStreams
{
    private const long Limit = 1_000_000;

    public static TheoryData<string> Codecs => ["lossless", "lossless restart"];

    [Theory, MemberData(nameof(Codecs))]
    public void RefusesEveryStreamThatEndsEarly(string codec)
    {
        (byte[] stream, Func<byte[], CodedImage> decode) = Open(codec);
        int[] whole = decode(stream).Samples;
        foreach (byte[] cut in Mutations.Cuts(stream))
        {
            // Only what lies behind the last sample (the end marker) may be missing.
            CodedImage? image = Mutations.TryDecode(decode, cut);
            Assert.True(image is null || image.Samples.AsSpan().SequenceEqual(whole), $"{codec} cut to {cut.Length} of {stream.Length} bytes gave another image.");
        }
    }

    [Theory, MemberData(nameof(Codecs))]
    public void DecodesOrRefusesDamagedStreams(string codec)
    {
        (byte[] stream, Func<byte[], CodedImage> decode) = Open(codec);
        foreach (byte[] damaged in Mutations.Flips(stream, 3000, seed: 20260101))
        {
            Mutations.TryDecode(decode, damaged);
        }
    }

    private static (byte[] Stream, Func<byte[], CodedImage> Decode) Open(string codec)
    {
        int[] picture = SyntheticPicture.Make(60, 50, 1, 12);
        return codec switch
        {
            "lossless" => (new LosslessEncoder(60, 50, 1, 12, 7, 0, 0).Encode(picture, interleaved: true), static s => JpegLosslessDecoder.Decode(s, Limit)),
            "lossless restart" => (new LosslessEncoder(20, 50, 3, 12, 4, 0, 2).Encode(picture, interleaved: false), static s => JpegLosslessDecoder.Decode(s, Limit)),
            _ => throw new ArgumentException(codec, nameof(codec)),
        };
    }
}
