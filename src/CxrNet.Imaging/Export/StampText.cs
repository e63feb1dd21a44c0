namespace CxrNet.Imaging;

/// <summary>Draws the "research use only" stamp into a picture, white on black at the bottom left.</summary>
/// <remarks>With glyphs of its own, 5 x 7 bits each: a machine without fonts must stamp too.</remarks>
internal static class StampText
{
    private const int GlyphWidth = 5;
    private const int GlyphHeight = 7;

    // Rows from the top, the leftmost of five pixels in bit 4.
    private static readonly Dictionary<char, byte[]> Glyphs = new()
    {
        ['A'] = [0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11],
        ['C'] = [0x0E, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0E],
        ['E'] = [0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F],
        ['H'] = [0x11, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11],
        ['L'] = [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F],
        ['N'] = [0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11],
        ['O'] = [0x0E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E],
        ['R'] = [0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11],
        ['S'] = [0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E],
        ['U'] = [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E],
        ['Y'] = [0x11, 0x11, 0x0A, 0x04, 0x04, 0x04, 0x04],
    };

    /// <summary>Draws into <paramref name="rgb"/>, as large as a third of the width allows; what does not fit is cut.</summary>
    public static void Draw(byte[] rgb, int width, int height)
    {
        string text = ResultProvenance.Stamp;
        int columns = (text.Length * (GlyphWidth + 1)) + 1;
        int scale = Math.Max(1, width / 3 / columns);
        int top = height - ((GlyphHeight + 2) * scale);
        for (int y = Math.Max(0, top); y < height; y++)
        {
            for (int x = 0; x < Math.Min(width, columns * scale); x++)
            {
                rgb.AsSpan(((y * width) + x) * 3, 3).Fill(IsInk(text, (x / scale) - 1, ((y - top) / scale) - 1) ? (byte)255 : (byte)0);
            }
        }
    }

    private static bool IsInk(string text, int x, int y)
    {
        if (x < 0 || y is < 0 or >= GlyphHeight)
        {
            return false;
        }

        (int letter, int column) = Math.DivRem(x, GlyphWidth + 1);
        return letter < text.Length && column < GlyphWidth && Glyphs.TryGetValue(text[letter], out byte[]? rows) && (rows[y] >> (GlyphWidth - 1 - column) & 1) == 1;
    }
}
