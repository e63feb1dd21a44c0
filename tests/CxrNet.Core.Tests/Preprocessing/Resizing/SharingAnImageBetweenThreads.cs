namespace CxrNet.Core.Tests.Preprocessing;

/// <summary>Changes a setting of the whole process; whatever runs beside it must give the same numbers, so nothing has to be kept apart.</summary>
public sealed class SharingAnImageBetweenThreads
{
    public static TheoryData<SampleFormat, int> Images => new() { { SampleFormat.UInt8, 1 }, { SampleFormat.UInt16, 1 }, { SampleFormat.Int16, 1 }, { SampleFormat.UInt8, 3 }, { SampleFormat.UInt16, 3 } };

    [Theory, MemberData(nameof(Images))]
    public void TheNumbersAreTheSameBits(SampleFormat format, int channels)
    {
        DecodedImage image = Make(1403, 1201, format, channels);
        CardInput input = new() { Width = 224, Height = 217 };
        (float[] gray, float[] small) = Preprocess(image, input, 1);
        foreach (int threads in new[] { 2, 3, 64 })
        {
            (float[] sharedGray, float[] sharedSmall) = Preprocess(image, input, threads);
            Assert.Equal(gray, sharedGray);
            Assert.Equal(small, sharedSmall);
        }
    }

    [Fact]
    public void ManyCallersAtOnceGetTheirOwnNumbers()
    {
        DecodedImage image = Make(1300, 1000, SampleFormat.UInt8, 1);
        CardInput input = new() { Width = 224, Height = 224 };
        float[] expected = Preprocess(image, input, 1).Small;
        int before = PreprocessingThreads.Maximum;
        PreprocessingThreads.Maximum = 4;
        Parallel.For(0, 64, _ =>
        {
            using InputTensor tensor = InputTensor.FromDecoded([image], input);
            Assert.True(tensor.Values.Span.SequenceEqual(expected));
        });
        PreprocessingThreads.Maximum = before;
    }

    [Fact]
    public void OneLargeImageAllocatesUnderTwoKilobytesBesidesThePool()
    {
        DecodedImage image = Make(2500, 2000, SampleFormat.UInt16, 1);
        CardInput input = new() { Width = 224, Height = 224 };
        AllocationAssert.AtMost(2048, () => InputTensor.FromDecoded([image], input).Dispose());
    }

    [Fact]
    public void FewerThanOneThreadIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => PreprocessingThreads.Maximum = 0);

    private static (float[] Gray, float[] Small) Preprocess(DecodedImage image, CardInput input, int threads)
    {
        int before = PreprocessingThreads.Maximum;
        PreprocessingThreads.Maximum = threads;
        float[] gray = GrayConversion.ToGray(image).Pixels.ToArray();
        using InputTensor tensor = InputTensor.FromDecoded([image], input);
        PreprocessingThreads.Maximum = before;
        return (gray, tensor.Values.ToArray());
    }

    private static DecodedImage Make(int width, int height, SampleFormat format, int channels)
    {
        int bytes = format == SampleFormat.UInt8 ? 1 : 2;
        byte[] samples = new byte[width * height * channels * bytes];
        new Random(3).NextBytes(samples);
        return new DecodedImage(width, height, format, channels == 3 ? PhotometricMeaning.Rgb : PhotometricMeaning.Monochrome2, samples, 8 * bytes);
    }
}
