using CxrNet.Imaging;

namespace CxrNet.Benchmarks.Stages;

/// <summary>Image files in memory that one call decodes, one after the other.</summary>
public sealed class PictureSet : ISampleBytes
{
    private readonly string _name;

    public PictureSet(string name, params IReadOnlyList<byte[]> files)
    {
        _name = name;
        Files = files;
        foreach (byte[] file in files)
        {
            DecodedImage image = RadiographDecoder.Default.Decode(file);
            Bytes += image.Samples.Length;
            Pixels += (long)image.Width * image.Height;
            Is16Bit |= image.Format != SampleFormat.UInt8;
        }
    }

    public IReadOnlyList<byte[]> Files { get; }

    public long Bytes { get; }

    /// <summary>Pixels of all files: what every contender must deliver.</summary>
    public long Pixels { get; }

    public bool Is16Bit { get; }

    public int Images => Files.Count;

    public override string ToString() => _name;
}
