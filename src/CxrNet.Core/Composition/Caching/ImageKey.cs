using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CxrNet;

/// <summary>An image by its SHA-256: pixels, size and what its header says, since warnings follow from that.</summary>
/// <remarks>A cryptographic hash, so that nobody can make an image that gets another one's result. Nothing of the image can be read from it.</remarks>
internal readonly record struct ImageKey(UInt128 High, UInt128 Low)
{
    private const int HashLength = 32;

    /// <summary>Hashes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="question">What else the result depends on, for example the finding to explain.</param>
    public static ImageKey Of(GrayImage image, string? question = null)
    {
        // The pixels in one go, then their hash with the rest: a plane of megapixels is not copied for it.
        byte[] pixels = SHA256.HashData(MemoryMarshal.AsBytes(image.Pixels));
        using MemoryStream described = new(256);
        using (BinaryWriter writer = new(described, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(pixels);
            writer.Write(image.Width);
            writer.Write(image.Height);
            Write(writer, question);
            Write(writer, image.Info);
        }

        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(described.GetBuffer().AsSpan(0, (int)described.Length), hash);
        return new ImageKey(MemoryMarshal.Read<UInt128>(hash), MemoryMarshal.Read<UInt128>(hash[16..]));
    }

    private static void Write(BinaryWriter writer, RadiographInfo info)
    {
        writer.Write((int)info.View);
        Write(writer, info.Laterality);
        Write(writer, info.Modality);
        Write(writer, info.BodyPart);
        Write(writer, info.PatientSex);
        writer.Write(info.PatientAgeYears ?? double.NaN);
        writer.Write(info.RowSpacingMillimetres ?? double.NaN);
        writer.Write(info.ColumnSpacingMillimetres ?? double.NaN);
        writer.Write(info.BurnedInAnnotation is { } burned ? (burned ? 1 : 0) : -1);
        writer.Write(info.Warnings.Count);
        foreach (string warning in info.Warnings)
        {
            writer.Write(warning);
        }
    }

    // Length-prefixed, and null told from empty: no two headers share a text.
    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? "");
    }
}
