using System.Buffers.Binary;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>The first frame's codestream of an encapsulated DICOM file; just enough for codec tests, the reader itself is tested elsewhere.</summary>
internal static class EncapsulatedFrame
{
    private static readonly byte[] PixelData = [0xE0, 0x7F, 0x10, 0x00, (byte)'O'];

    public static byte[] ReadFirst(string path, int frames)
    {
        byte[] file = File.ReadAllBytes(path);
        int tag = file.AsSpan().LastIndexOf(PixelData);
        Assert.True(tag >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(tag + 8)) == uint.MaxValue, $"'{path}' has no encapsulated pixel data.");
        List<ReadOnlyMemory<byte>> items = [];
        int position = tag + 12;
        while (position + 8 <= file.Length && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(position)) == 0xE000FFFE)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(position + 4));
            length = Math.Min(length, file.Length - position - 8);
            items.Add(file.AsMemory(position + 8, length));
            position += 8 + length;
        }

        // Item 0 is the offset table. One frame owns all fragments; several own one each, or what the table says.
        int count = frames == 1 ? items.Count - 1 : 1;
        if (frames > 1 && items[0].Length >= 8)
        {
            int end = BinaryPrimitives.ReadInt32LittleEndian(items[0].Span[4..]);
            for (count = 0; end > 0; count++)
            {
                end -= 8 + items[1 + count].Length;
            }
        }

        return [.. items.Skip(1).Take(count).SelectMany(static item => item.ToArray())];
    }
}
