using CxrNet.Imaging.Dicom.Codecs;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Damages a stream in repeatable ways; each result must decode or be refused with <see cref="InvalidDataException"/>, nothing else.</summary>
internal static class Mutations
{
    /// <summary>The stream cut at every <paramref name="step"/>-th byte.</summary>
    public static IEnumerable<byte[]> Cuts(byte[] stream, int step = 37)
    {
        for (int length = 0; length < stream.Length; length += step)
        {
            yield return stream[..length];
        }
    }

    /// <summary>One to eight random bits or bytes changed, from a fixed seed.</summary>
    public static IEnumerable<byte[]> Flips(byte[] stream, int count, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = [.. stream];
            for (int changes = random.Next(1, 9); changes > 0; changes--)
            {
                // Half of the changes go to the first 200 bytes: that is where the headers are.
                int at = random.Next(random.Next(2) == 0 ? Math.Min(200, stream.Length) : stream.Length);
                damaged[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(damaged[at] ^ 1 << random.Next(8));
            }

            yield return damaged;
        }
    }

    /// <summary>The image, or null where the stream was refused; its sizes and sample range are checked.</summary>
    public static CodedImage? TryDecode(Func<byte[], CodedImage> decode, byte[] stream)
    {
        try
        {
            CodedImage image = decode(stream);
            Assert.Equal((long)image.Width * image.Height * image.Components, image.Samples.Length);
            int low = image.IsSigned ? -(1 << (image.BitsPerSample - 1)) : 0;
            Assert.InRange(image.Samples.Min(), low, low + (1 << image.BitsPerSample) - 1);
            Assert.InRange(image.Samples.Max(), low, low + (1 << image.BitsPerSample) - 1);
            return image;
        }
        catch (InvalidDataException error)
        {
            Assert.DoesNotContain('\n', error.Message);
            return null;
        }
    }
}
