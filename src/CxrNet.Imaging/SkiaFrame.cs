using System.Buffers;
using SkiaSharp;

namespace CxrNet.Imaging;

/// <summary>One picture opened by Skia: its header is read, its pixels are not yet.</summary>
internal sealed class SkiaFrame : IDisposable
{
    private readonly string _format;
    private readonly ReadOnlyMemory<byte> _file;
    private readonly MemoryHandle _pin;
    private readonly SKData _data;
    private readonly SKCodec _codec;

    private SkiaFrame(string format, ReadOnlyMemory<byte> file, MemoryHandle pin, SKData data, SKCodec codec) => (_format, _file, _pin, _data, _codec) = (format, file, pin, data, codec);

    public int Width => _codec.Info.Width;

    public int Height => _codec.Info.Height;

    /// <summary>Reads the header. The data is pinned, not copied, until the frame is disposed.</summary>
    public static unsafe SkiaFrame Open(string format, ReadOnlyMemory<byte> data)
    {
        MemoryHandle pin = data.Pin();
        SKData skData = SKData.Create((nint)pin.Pointer, data.Length);
        SKCodec? codec = SKCodec.Create(skData);
        if (codec is null)
        {
            skData.Dispose();
            pin.Dispose();
            throw new InvalidDataException($"The {format} header is damaged or cut off after {data.Length} bytes.");
        }

        return new SkiaFrame(format, data, pin, skData, codec);
    }

    /// <summary>The size nearest to <paramref name="scale"/> that the codec can decode to directly.</summary>
    public (int Width, int Height) SizeAt(float scale)
    {
        SKSizeI size = _codec.GetScaledDimensions(scale);
        return (size.Width, size.Height);
    }

    /// <summary>Decodes to a size that the codec offers, and turns the picture upright.</summary>
    public DecodedImage Decode(int width, int height)
    {
        bool grey = _codec.Info.ColorType == SKColorType.Gray8;
        byte[] pixels = grey ? DecodeGrey(width, height) : DecodeRgb(width, height);
        (pixels, width, height) = Orientation.Upright(pixels, width, height, grey ? 1 : 3, (int)_codec.EncodedOrigin);
        return new DecodedImage(width, height, SampleFormat.UInt8, grey ? PhotometricMeaning.Monochrome2 : PhotometricMeaning.Rgb, pixels, 8)
        {
            Info = _codec.Info.AlphaType == SKAlphaType.Opaque ? RadiographInfo.Unknown : RadiographInfo.Unknown with { Warnings = [$"The {_format}'s transparency is ignored."] },
        };
    }

    public void Dispose()
    {
        _codec.Dispose();
        _data.Dispose();
        _pin.Dispose();
    }

    private byte[] DecodeGrey(int width, int height)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(width * height);
        bool isWholeJpeg = _format == "JPEG" && (width, height) == (Width, Height);
        if (!isWholeJpeg || !GrayJpeg.TryDecode(_file.Span, width, height, pixels))
        {
            Run(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque), pixels);
        }

        return pixels;
    }

    private byte[] DecodeRgb(int width, int height)
    {
        byte[] rgba = ArrayPool<byte>.Shared.Rent(width * height * 4);
        try
        {
            // Unpremultiplied: what lies under a transparent pixel is read as it is stored, as PIL's convert('L') reads it.
            SKAlphaType alpha = _codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
            Run(new SKImageInfo(width, height, SKColorType.Rgba8888, alpha), rgba);
            byte[] rgb = GC.AllocateUninitializedArray<byte>(width * height * 3);
            for (int i = 0, o = 0; o < rgb.Length; i += 4, o += 3)
            {
                rgb[o] = rgba[i];
                rgb[o + 1] = rgba[i + 1];
                rgb[o + 2] = rgba[i + 2];
            }

            return rgb;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rgba);
        }
    }

    private unsafe void Run(SKImageInfo info, byte[] destination)
    {
        fixed (byte* p = destination)
        {
            SKCodecResult result = _codec.GetPixels(info, (nint)p, info.RowBytes, SKCodecOptions.Default);
            if (result != SKCodecResult.Success)
            {
                throw new InvalidDataException(result switch
                {
                    SKCodecResult.IncompleteInput => $"The {_format} data ends before the last of its {info.Width} x {info.Height} pixels.",
                    SKCodecResult.ErrorInInput => $"The {_format} data is damaged.",
                    _ => $"The {_format} data cannot be decoded ({result}).",
                });
            }
        }
    }
}
