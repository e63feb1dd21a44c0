namespace CxrNet.Torch.Training;

/// <summary>Square planes as bytes, which is how a training keeps its images: 0 = black … 255 = white.</summary>
internal static class PlaneBytes
{
    /// <summary>An image at another resolution, with the antialiased bilinear filter.</summary>
    /// <param name="image">Of any size.</param>
    /// <param name="side">Rows and columns of the result.</param>
    /// <param name="plane">Room for side x side values.</param>
    /// <param name="destination">side x side bytes.</param>
    public static void Resize(GrayImage image, int side, Span<float> plane, Span<byte> destination)
    {
        Resizer.Resize(image.Pixels, image.Width, image.Height, plane, side, side, ResizeFilter.Bilinear);
        for (int i = 0; i < plane.Length; i++)
        {
            destination[i] = (byte)Math.Clamp((plane[i] * 255f) + 0.5f, 0f, 255f);
        }
    }

    /// <summary>All planes of a set at another resolution.</summary>
    public static byte[] Resize(byte[] planes, int from, int to)
    {
        int areaFrom = from * from, areaTo = to * to, count = planes.Length / areaFrom;
        byte[] resized = new byte[(long)count * areaTo];
        Parallel.For(0, count, i =>
        {
            float[] plane = new float[areaFrom];
            for (int p = 0; p < areaFrom; p++)
            {
                plane[p] = planes[(i * areaFrom) + p] / 255f;
            }

            Resize(new GrayImage(from, from, plane), to, new float[areaTo], resized.AsSpan(i * areaTo, areaTo));
        });
        return resized;
    }
}
