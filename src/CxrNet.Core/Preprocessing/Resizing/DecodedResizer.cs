using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>Decoded samples to grey levels at the network's resolution, without a grey plane of the image's size in between where nothing asks for one.</summary>
internal static class DecodedResizer
{
    /// <summary>Resamples a part of an image. Greying and resizing are both linear unless a window cuts or a table bends, so they may change places: the 5 megapixels of a radiograph are then read once, as bytes.</summary>
    public static void Resize(DecodedImage image, PixelRegion region, float outside, Span<float> destination, int newWidth, int newHeight, ResizeFilter filter)
    {
        if (filter != ResizeFilter.ScikitImage && TryGetLine(image, out float black, out float span))
        {
            ReadOnlySpan<byte> samples = image.Samples.Span;
            switch (image.Format)
            {
                case SampleFormat.UInt8:
                    Fused(samples, image, region, black, span, destination, newWidth, newHeight, filter);
                    return;
                case SampleFormat.UInt16:
                    Fused(MemoryMarshal.Cast<byte, ushort>(samples), image, region, black, span, destination, newWidth, newHeight, filter);
                    return;
                default:
                    Fused(MemoryMarshal.Cast<byte, short>(samples), image, region, black, span, destination, newWidth, newHeight, filter);
                    return;
            }
        }

        int length = image.Width * image.Height;
        float[] rented = ArrayPool<float>.Shared.Rent(length);
        Span<float> gray = rented.AsSpan(0, length);
        GrayConversion.ToGray(image, gray);
        if (filter == ResizeFilter.ScikitImage)
        {
            ScikitImageResizer.Resize(gray, image.Width, image.Height, region, outside, destination, newWidth, newHeight);
        }
        else
        {
            Resizer.Resize(gray, image.Width, image.Height, region, destination, newWidth, newHeight, filter);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private static void Fused<T>(ReadOnlySpan<T> samples, DecodedImage image, PixelRegion region, float black, float span, Span<float> destination, int newWidth, int newHeight, ResizeFilter filter)
        where T : unmanaged, INumberBase<T>
    {
        Resizer.Resize(samples, image.Width, image.Height, image.Channels, region, destination, newWidth, newHeight, filter);
        TensorPrimitives.Subtract(destination, black, destination);
        TensorPrimitives.Divide(destination, span, destination);
    }

    // Whether grey = (stored - black) / span for every sample of the image, with nothing cut off at either end.
    private static bool TryGetLine(DecodedImage image, out float black, out float span)
    {
        (black, span) = (0, (1 << image.BitsStored) - 1);
        if (image.Photometric == PhotometricMeaning.Rgb)
        {
            return FillsItsContainer(image);
        }

        return image.Display is { Window: null, VoiLut: null, ModalityLut: null } display
            && DisplayFunction.Of(image).TryGetRamp(out black, out span)
            && (display.UseMinMax || FillsItsContainer(image));
    }

    // With spare bits a damaged file may hold values beyond white, which have to be cut before they are averaged.
    private static bool FillsItsContainer(DecodedImage image) => image.BitsStored == (image.Format == SampleFormat.UInt8 ? 8 : 16)
        || (image.Format == SampleFormat.UInt16 && TensorPrimitives.Max(image.Samples16) < 1 << image.BitsStored);
}
