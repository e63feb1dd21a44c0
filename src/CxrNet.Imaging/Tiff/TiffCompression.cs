namespace CxrNet.Imaging;

/// <summary>The compressions that are read: those of greyscale pictures which lose nothing.</summary>
internal static class TiffCompression
{
    public const int None = 1, PackBits = 32773;

    /// <summary>The compression's name; null for one that is not read.</summary>
    public static string? NameOf(int compression) => compression switch
    {
        None => "uncompressed",
        5 => "LZW",
        8 or 32946 => "Deflate",
        PackBits => "PackBits",
        _ => null,
    };

    /// <summary>The most bytes that one byte of the file can stand for, which bounds what a header may claim.</summary>
    public static long MostBytesPerByte(int compression) => compression switch
    {
        None => 1,
        // A code of 12 bits stands for at most the 3,839 bytes that a full table can chain up.
        5 => 2560,
        8 or 32946 => 1032,
        // Two bytes repeat one 128 times.
        _ => 64,
    };
}
