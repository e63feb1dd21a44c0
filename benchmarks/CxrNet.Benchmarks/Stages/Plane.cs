namespace CxrNet.Benchmarks.Stages;

/// <summary>A radiograph-sized plane, 2500 x 2000: smooth shapes and noise, the same in every run.</summary>
public sealed class Plane : ISampleBytes
{
    public const int Width = 2500;
    public const int Height = 2000;

    private readonly string _name;

    private Plane(string name, DecodedImage image)
    {
        _name = name;
        Image = image;
    }

    public DecodedImage Image { get; }

    public long Bytes => Image.Samples.Length;

    public static Plane Gray8() => new("8-bit grey", new DecodedImage(Width, Height, SampleFormat.UInt8, PhotometricMeaning.Monochrome2, Make(1, 8), 8));

    public static Plane Gray16() => new("16-bit grey", new DecodedImage(Width, Height, SampleFormat.UInt16, PhotometricMeaning.Monochrome2, Make(1, 16), 16));

    public static Plane Color8() => new("8-bit colour", new DecodedImage(Width, Height, SampleFormat.UInt8, PhotometricMeaning.Rgb, Make(3, 8), 8));

    public override string ToString() => _name;

    private static byte[] Make(int channels, int bits)
    {
        Random random = new(1);
        int bytesEach = bits / 8, white = (1 << bits) - 1;
        byte[] samples = new byte[Width * Height * channels * bytesEach];
        for (int i = 0; i < Width * Height; i++)
        {
            double x = (double)(i % Width) / Width, y = (double)(i / Width) / Height;
            double level = 0.5 + (0.25 * Math.Sin(40 * x) * Math.Cos(30 * y)) + (0.2 * Math.Sin(400 * x * y));
            for (int c = 0; c < channels; c++)
            {
                int value = (int)Math.Clamp(white * (level + (0.04 * random.NextDouble()) - (0.02 * c)), 0, white);
                int at = ((i * channels) + c) * bytesEach;
                samples[at] = (byte)value;
                if (bytesEach == 2)
                {
                    samples[at + 1] = (byte)(value >> 8);
                }
            }
        }

        return samples;
    }
}
