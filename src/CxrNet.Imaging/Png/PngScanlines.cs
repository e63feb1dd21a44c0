using System.Buffers;

namespace CxrNet.Imaging;

/// <summary>Undoes the filters of PNG's scanlines, pass by pass where the picture is interlaced; W3C PNG, sections 8 and 9.</summary>
internal static class PngScanlines
{
    // Adam7: first column, first row, column step, row step of each pass.
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    private static readonly (int X, int Y, int StepX, int StepY)[] OnePass = [(0, 0, 1, 1)];

    /// <summary>Reads every row and hands it on.</summary>
    /// <exception cref="InvalidDataException">The stream ends early, is damaged, or names an unknown filter.</exception>
    public static void Read(Stream stream, PngHeader header, PngRows rows)
    {
        int longest = RowBytes(header.Width, header);
        byte[] current = ArrayPool<byte>.Shared.Rent(longest + 1);
        byte[] previous = ArrayPool<byte>.Shared.Rent(longest + 1);
        try
        {
            foreach ((int x, int y, int stepX, int stepY) in header.Interlaced ? Adam7 : OnePass)
            {
                int width = (header.Width - x + stepX - 1) / stepX;
                if (width <= 0)
                {
                    continue;
                }

                int bytes = RowBytes(width, header);
                previous.AsSpan(0, bytes + 1).Clear();
                for (int row = y; row < header.Height; row += stepY)
                {
                    Fill(stream, current.AsSpan(0, bytes + 1), row, header);
                    Unfilter(current[0], current.AsSpan(1, bytes), previous.AsSpan(1, bytes), Math.Max(1, header.BitsPerPixel / 8));
                    rows.Put(current.AsSpan(1, bytes), width, row, x, stepX);
                    (current, previous) = (previous, current);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(previous);
        }
    }

    private static int RowBytes(int width, PngHeader header) => (int)((((long)width * header.BitsPerPixel) + 7) / 8);

    private static void Fill(Stream stream, Span<byte> line, int row, PngHeader header)
    {
        int read;
        try
        {
            read = stream.ReadAtLeast(line, line.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // zlib's rarer complaints come as an IOException; the bytes are in memory, so it can mean nothing else.
            throw new InvalidDataException($"The PNG's compressed data is damaged or cut off at row {row} of {header.Height}.", e);
        }

        if (read < line.Length)
        {
            throw new InvalidDataException($"The PNG data ends at row {row} of {header.Height}.");
        }
    }

    private static void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = pixelBytes; i < line.Length; i++)
                {
                    line[i] += line[i - pixelBytes];
                }

                break;
            case 2:
                for (int i = 0; i < line.Length; i++)
                {
                    line[i] += above[i];
                }

                break;
            case 3:
                for (int i = 0; i < line.Length; i++)
                {
                    int left = i >= pixelBytes ? line[i - pixelBytes] : 0;
                    line[i] += (byte)((left + above[i]) >> 1);
                }

                break;
            case 4:
                for (int i = 0; i < line.Length; i++)
                {
                    line[i] += i >= pixelBytes ? Paeth(line[i - pixelBytes], above[i], above[i - pixelBytes]) : above[i];
                }

                break;
            default:
                throw new InvalidDataException($"The PNG names row filter {filter}; 0 to 4 expected.");
        }
    }

    private static byte Paeth(int left, int above, int aboveLeft)
    {
        int toLeft = Math.Abs(above - aboveLeft);
        int toAbove = Math.Abs(left - aboveLeft);
        int toBoth = Math.Abs(left + above - aboveLeft - aboveLeft);
        return (byte)(toLeft <= toAbove && toLeft <= toBoth ? left : toAbove <= toBoth ? above : aboveLeft);
    }
}
