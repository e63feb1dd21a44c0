using System.Buffers.Binary;

namespace CxrNet.Imaging.Tests.Fuzz;

/// <summary>Damages a file in a way that a seed determines.</summary>
internal static class Mutation
{
    private static readonly uint[] Interesting = [0, 1, 2, 7, 8, 16, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    public static byte[] Apply(IReadOnlyList<byte[]> corpus, int seed)
    {
        Random random = new(seed);
        byte[] data = (byte[])corpus[random.Next(corpus.Count)].Clone();
        for (int i = 1 + random.Next(6); i > 0; i--)
        {
            data = Once(data, corpus, random);
        }

        return random.Next(2) == 0 ? data : MendPngChecksums(data);
    }

    private static byte[] Once(byte[] data, IReadOnlyList<byte[]> corpus, Random random)
    {
        if (data.Length < 8)
        {
            return [.. data, (byte)random.Next(256)];
        }

        int at = random.Next(data.Length);
        switch (random.Next(9))
        {
            case 0:
                data[at] ^= (byte)(1 << random.Next(8));
                return data;
            case 1:
                data[at] = (byte)random.Next(256);
                return data;
            case 2:
                data[at] = (byte)Interesting[random.Next(Interesting.Length)];
                return data;
            case 3 when at + 4 <= data.Length:
                uint value = Interesting[random.Next(Interesting.Length)];
                if (random.Next(2) == 0)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(at), value);
                }
                else
                {
                    BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(at), value);
                }

                return data;
            case 4 when at + 2 <= data.Length:
                BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(at), (ushort)Interesting[random.Next(Interesting.Length)]);
                return data;
            case 5:
                return data[..at];
            case 6:
                int length = Math.Min(random.Next(1, 64), data.Length - at);
                return [.. data[..at], .. data.AsSpan(at, length), .. data[at..]];
            case 7:
                int cut = Math.Min(random.Next(1, 64), data.Length - at);
                return [.. data[..at], .. data[(at + cut)..]];
            case 8:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length);
                int count = Math.Min(random.Next(1, 128), Math.Min(other.Length - from, data.Length - at));
                other.AsSpan(from, count).CopyTo(data.AsSpan(at));
                return data;
            default:
                return data;
        }
    }

    // Else nearly every damaged PNG would stop at its first checksum and nothing behind it would be tried.
    private static byte[] MendPngChecksums(byte[] data)
    {
        if (data.Length < 8 || data[0] != 0x89)
        {
            return data;
        }

        for (int i = 8; i + 12 <= data.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(i));
            if (length > data.Length - i - 12)
            {
                break;
            }

            BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(i + 8 + (int)length), Pictures.Crc(data.AsSpan(i + 4, 4 + (int)length)));
            i += 12 + (int)length;
        }

        return data;
    }
}
