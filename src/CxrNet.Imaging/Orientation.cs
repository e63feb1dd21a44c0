namespace CxrNet.Imaging;

/// <summary>Turns a picture upright by its EXIF orientation (1 to 8, CIPA DC-008 tag 0x0112).</summary>
internal static class Orientation
{
    /// <summary>Gives back the same array where nothing has to be turned.</summary>
    public static (byte[] Pixels, int Width, int Height) Upright(byte[] pixels, int width, int height, int channels, int orientation)
    {
        if (orientation is <= 1 or > 8)
        {
            return (pixels, width, height);
        }

        bool transposed = orientation >= 5;
        (int newWidth, int newHeight) = transposed ? (height, width) : (width, height);
        byte[] turned = GC.AllocateUninitializedArray<byte>(width * height * channels);
        for (int y = 0, o = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                (int sx, int sy) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, height - 1 - x),
                    7 => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                int s = ((sy * width) + sx) * channels;
                for (int c = 0; c < channels; c++)
                {
                    turned[o++] = pixels[s + c];
                }
            }
        }

        return (turned, newWidth, newHeight);
    }
}
