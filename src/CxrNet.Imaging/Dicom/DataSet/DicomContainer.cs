using System.Buffers.Binary;
using System.IO.Compression;

namespace CxrNet.Imaging.Dicom;

/// <summary>What stands around the data set: preamble, file meta information, deflate; PS3.10, section 7, and the files that lack them.</summary>
/// <param name="Data">The bytes that hold the data set; the file itself unless it is deflated.</param>
/// <param name="Start">The data set's first byte.</param>
/// <param name="Encoding">How its elements are written.</param>
/// <param name="TransferSyntaxUid">As the file meta information states it, or as it was guessed.</param>
internal sealed record DicomContainer(ReadOnlyMemory<byte> Data, int Start, DicomEncoding Encoding, string TransferSyntaxUid)
{
    private const int PreambleLength = 128;

    /// <summary>Whether the first bytes look like DICOM, with or without its header.</summary>
    public static bool LooksLikeDicom(ReadOnlySpan<byte> header) => MetaStart(header) >= 0 || GuessEncoding(header) is not null;

    /// <summary>Finds the data set.</summary>
    public static DicomContainer Open(ReadOnlyMemory<byte> file, DicomOptions options, DecodeLimits limits, List<string> warnings)
    {
        ReadOnlySpan<byte> data = file.Span;
        int meta = MetaStart(data);
        if (meta < 0 || (meta == 0 && options.RequireHeader))
        {
            DicomEncoding? guess = options.RequireHeader ? null : GuessEncoding(data);
            if (guess is null)
            {
                throw new InvalidDataException($"No DICOM file: 'DICM' expected at byte {PreambleLength}; the file has {data.Length} bytes and begins with {DecodeGuard.FirstBytes(data)}.");
            }

            warnings.Add("The file has no DICOM header; its transfer syntax was guessed.");
            return new DicomContainer(file, 0, guess.Value, UidOf(guess.Value));
        }

        (int start, string? uid) = ReadMeta(file, meta);
        if (uid is null)
        {
            DicomEncoding encoding = GuessEncoding(data[start..]) ?? DicomEncoding.ExplicitLittle;
            warnings.Add("The DICOM header states no transfer syntax (0002,0010); it was guessed.");
            return new DicomContainer(file, start, encoding, UidOf(encoding));
        }

        if (uid == TransferSyntax.DeflatedExplicitLittleEndian)
        {
            return new DicomContainer(Inflate(file[start..], limits), 0, DicomEncoding.ExplicitLittle, uid);
        }

        return new DicomContainer(file, start, Corrected(DicomEncoding.Of(uid), data[start..], warnings), uid);
    }

    // Behind the preamble; without it (the file begins with DICM); without either (it begins with group 0002).
    private static int MetaStart(ReadOnlySpan<byte> data)
    {
        if (data.Length >= PreambleLength + 4 && data[PreambleLength..].StartsWith("DICM"u8))
        {
            return PreambleLength + 4;
        }

        if (data.StartsWith("DICM"u8))
        {
            return 4;
        }

        return data is [2, 0, _, 0, >= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z', ..] ? 0 : -1;
    }

    // Ends at the first element outside group 0002: the group length in the file is wrong often enough.
    private static (int Start, string? Uid) ReadMeta(ReadOnlyMemory<byte> file, int position)
    {
        ReadOnlySpan<byte> data = file.Span;
        string? uid = null;
        while (ElementHeader.TryRead(data, position, DicomEncoding.ExplicitLittle, out ElementHeader header) && header.Tag >> 16 == 0x0002)
        {
            int value = position + header.Size;
            if (header.Length > data.Length - value)
            {
                return (data.Length, uid);
            }

            if (header.Tag == DicomTag.TransferSyntaxUid)
            {
                string text = System.Text.Encoding.Latin1.GetString(data.Slice(value, (int)Math.Min(header.Length, 64))).Trim(' ', '\0');
                uid = text.Length > 0 ? DecodeGuard.Printable(text) : null;
            }

            position = value + (int)header.Length;
        }

        return (position, uid);
    }

    // A data set begins with a low group; element numbers and lengths there are small. Text and random bytes do not look so.
    private static DicomEncoding? GuessEncoding(ReadOnlySpan<byte> data)
    {
        if (data.Length < 12)
        {
            return null;
        }

        ushort group = BinaryPrimitives.ReadUInt16LittleEndian(data);
        ushort vr = BinaryPrimitives.ReadUInt16BigEndian(data[4..]);
        if (group is 0x0008 or 0x0010)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            return ValueRepresentation.IsKnown(vr) ? DicomEncoding.ExplicitLittle : length <= 1024 ? DicomEncoding.ImplicitLittle : null;
        }

        return group is 0x0800 or 0x1000 && ValueRepresentation.IsKnown(vr) ? new DicomEncoding(true, true) : null;
    }

    // Some archives state one transfer syntax and write the other; the first element shows which it is.
    private static DicomEncoding Corrected(DicomEncoding stated, ReadOnlySpan<byte> data, List<string> warnings)
    {
        if (data.Length < 8 || stated.IsBigEndian)
        {
            return stated;
        }

        bool letters = ValueRepresentation.IsKnown(BinaryPrimitives.ReadUInt16BigEndian(data[4..]));
        if (letters == stated.IsExplicit)
        {
            return stated;
        }

        warnings.Add($"The data set is written with {(letters ? "explicit" : "implicit")} value representations, its header states the other.");
        return stated with { IsExplicit = letters };
    }

    private static string UidOf(DicomEncoding encoding) =>
        encoding.IsBigEndian ? TransferSyntax.ExplicitBigEndian : encoding.IsExplicit ? TransferSyntax.ExplicitLittleEndian : TransferSyntax.ImplicitLittleEndian;

    private static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> deflated, DecodeLimits limits)
    {
        using BoundedBuffer target = new(limits);
        long most = Math.Min(limits.MaxFileBytes, Array.MaxLength);
        using DeflateStream source = new(new MemoryStream(deflated.ToArray(), writable: false), CompressionMode.Decompress);
        for (int n; (n = ReadBlock(source, target.Block, target.Length)) > 0;)
        {
            // The buffer would refuse it too, but would speak of the file, which is small.
            if (target.Length + n > most)
            {
                throw new InvalidDataException($"The inflated data set has more than {target.Length + n - 1} bytes, at most {most} are allowed.");
            }

            target.Add(n);
        }

        return target.Bytes;
    }

    private static int ReadBlock(DeflateStream source, byte[] block, long inflated)
    {
        try
        {
            return source.Read(block);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // zlib's rarer complaints come as an IOException; the bytes are in memory, so it can mean nothing else.
            throw new InvalidDataException($"The deflated data set is damaged or cut off after {inflated} inflated bytes.", e);
        }
    }
}
