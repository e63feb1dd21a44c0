namespace CxrNet.Onnx;

/// <summary>Bilinear enlargement that puts corner on corner: torch's <c>interpolate(align_corners=True)</c>, which Score-CAM is defined with. Everything else in this library has half-pixel centres.</summary>
internal static class CornerAligned
{
    public static void Enlarge(ReadOnlySpan<float> source, int width, int height, Span<float> destination, int newWidth, int newHeight)
    {
        float across = newWidth > 1 ? (width - 1) / (float)(newWidth - 1) : 0, down = newHeight > 1 ? (height - 1) / (float)(newHeight - 1) : 0;
        for (int y = 0; y < newHeight; y++)
        {
            int top = Math.Min((int)(y * down), height - 1), bottom = Math.Min(top + 1, height - 1);
            float dy = (y * down) - top;
            for (int x = 0; x < newWidth; x++)
            {
                int left = Math.Min((int)(x * across), width - 1), right = Math.Min(left + 1, width - 1);
                float dx = (x * across) - left;
                float upper = source[(top * width) + left] + (dx * (source[(top * width) + right] - source[(top * width) + left]));
                float lower = source[(bottom * width) + left] + (dx * (source[(bottom * width) + right] - source[(bottom * width) + left]));
                destination[(y * newWidth) + x] = upper + (dy * (lower - upper));
            }
        }
    }
}
