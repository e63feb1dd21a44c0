using System.Buffers.Binary;

namespace CxrNet.Imaging;

/// <summary>The IHDR chunk.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, int ColourType, bool Interlaced)
{
    public bool IsGrey => ColourType is 0 or 4;

    public bool IsPalette => ColourType == 3;

    public bool HasAlpha => ColourType is 4 or 6;

    /// <summary>Samples per pixel as they lie in the file, alpha included.</summary>
    public int StoredChannels => ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public int BitsPerPixel => StoredChannels * BitDepth;

    /// <summary>Reads the 13 bytes of an IHDR chunk.</summary>
    public static PngHeader Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length != 13)
        {
            throw new InvalidDataException($"The PNG header (IHDR) has {body.Length} bytes; 13 expected.");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(body);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        (int depth, int type) = (body[8], body[9]);
        bool known = type switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known)
        {
            throw new InvalidDataException($"The PNG has colour type {type} with {depth} bits; 1, 2, 4, 8 or 16 with type 0, 1, 2, 4 or 8 with type 3, 8 or 16 with types 2, 4 and 6 expected.");
        }

        if (body[10] != 0 || body[11] != 0 || body[12] > 1)
        {
            throw new InvalidDataException($"The PNG names compression {body[10]}, filter {body[11]}, interlace {body[12]}; 0, 0 and 0 or 1 expected.");
        }

        if (width > int.MaxValue || height > int.MaxValue)
        {
            throw new InvalidDataException($"The PNG header claims {width} x {height} pixels; sides of at most {int.MaxValue} expected.");
        }

        return new PngHeader((int)width, (int)height, depth, type, body[12] == 1);
    }
}
