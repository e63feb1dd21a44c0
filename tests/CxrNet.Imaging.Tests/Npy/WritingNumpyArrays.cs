using CsCheck;
using CxrNet.TestData;

namespace CxrNet.Imaging.Tests;

public sealed class WritingNumpyArrays : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Target => Path.Combine(_folder.FullName, "plane.npy");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void FloatsComeBackToTheLastBit() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int).Sample((width, height, seed) =>
        {
            Random random = new(seed);
            float[] values = [.. Enumerable.Range(0, width * height).Select(_ => random.NextSingle() - 0.5f)];
            NpyFile.Write(Target, values, width, height);
            Npy read = Npy.Read(Target);
            Assert.Equal("<f4", read.DType);
            Assert.Equal([height, width], read.Shape);
            Assert.Equal(values, read.Floats);
        }, iter: 50, threads: 1);

    [Fact]
    public void SixteenBitsComeBackToTheLastBit()
    {
        ushort[] values = [0, 1, 255, 256, 65534, 65535];
        using (FileStream stream = File.Create(Target))
        {
            NpyFile.Write(stream, values, 3, 2);
        }

        Npy read = Npy.Read(Target);
        Assert.Equal("<u2", read.DType);
        Assert.Equal([2, 3], read.Shape);
        Assert.Equal(values.Select(v => (double)v), read.Values);
    }

    // Python maps the data into memory only where it is aligned.
    [Fact]
    public void TheDataBeginsAtAMultipleOf64()
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, [1f], 1, 1);
        Assert.Equal(0, (stream.Length - sizeof(float)) % 64);
        Assert.Equal((byte)'\n', stream.ToArray()[^5]);
    }

    [Fact]
    public void AWrongSizeIsTheCallersMistakeAndLeavesNoFile()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => NpyFile.Write(Target, [1f, 2], 3, 1));
        Assert.StartsWith("2 values given, 3 x 1 = 3 expected.", e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }
}
