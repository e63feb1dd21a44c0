using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>Decoded samples to a grey plane: the step between a file and everything that computes.</summary>
/// <remarks>Stateless and safe for concurrent use.</remarks>
public static class GrayConversion
{
    /// <summary>Converts an image to grey levels, 0 = black … 1 = white, at its own depth: 16 bits stay 16 bits.</summary>
    /// <param name="image">Samples as stored; its <see cref="DecodedImage.Display"/> is applied, MONOCHROME1 is inverted, colour becomes 0.299 R + 0.587 G + 0.114 B.</param>
    /// <returns>A plane of the image's size that carries its <see cref="DecodedImage.Info"/>.</returns>
    public static GrayImage ToGray(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        float[] pixels = GC.AllocateUninitializedArray<float>(checked(image.Width * image.Height));
        ToGray(image, pixels);
        return new GrayImage(image.Width, image.Height, pixels, image.Info);
    }

    /// <summary>Converts an image to grey levels in memory of the caller; allocates nothing.</summary>
    /// <param name="image">Samples as stored.</param>
    /// <param name="destination">Receives width x height grey levels, row-major.</param>
    /// <exception cref="ArgumentException">The destination's length is not width x height.</exception>
    public static void ToGray(DecodedImage image, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        PlaneGuard.Check(destination.Length, image.Width, image.Height, nameof(destination));
        ReadOnlySpan<byte> samples = image.Samples.Span;
        if (image.Photometric == PhotometricMeaning.Rgb)
        {
            float white = (1 << image.BitsStored) - 1;
            if (image.Format == SampleFormat.UInt8)
            {
                GrayBlocks<byte>.Run(samples, 3, 0, white, destination);
            }
            else
            {
                GrayBlocks<ushort>.Run(MemoryMarshal.Cast<byte, ushort>(samples), 3, 0, white, destination);
            }

            return;
        }

        DisplayFunction display = DisplayFunction.Of(image);
        switch (image.Format)
        {
            case SampleFormat.UInt8:
                Show<byte>(samples, display, destination);
                break;
            case SampleFormat.UInt16:
                Show(MemoryMarshal.Cast<byte, ushort>(samples), display, destination);
                break;
            default:
                Show(MemoryMarshal.Cast<byte, short>(samples), display, destination);
                break;
        }
    }

    private static void Show<T>(ReadOnlySpan<T> samples, in DisplayFunction display, Span<float> destination)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        if (display.TryGetRamp(out float black, out float span))
        {
            GrayBlocks<T>.Run(samples, 1, black, span, destination);
            return;
        }

        using DisplayTable table = DisplayTable.Create(display);
        table.Apply(samples, destination);
    }
}
