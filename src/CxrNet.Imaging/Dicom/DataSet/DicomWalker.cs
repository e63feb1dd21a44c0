namespace CxrNet.Imaging.Dicom;

/// <summary>Walks elements, remembers where the known ones lie, and steps over everything else without reading it.</summary>
/// <remarks>Every step moves forward, and nesting is limited, so a hostile file ends it in time and on the stack's terms.</remarks>
internal static class DicomWalker
{
    private const int MaxDepth = 32;

    /// <summary>Walks from <paramref name="position"/> to the pixel data, an item's end, or the end of <paramref name="data"/>; returns where it stopped.</summary>
    /// <param name="data">The file, or the part of it that holds the elements.</param>
    /// <param name="position">The first element.</param>
    /// <param name="encoding">How elements are written.</param>
    /// <param name="found">Gets the known elements; null only steps over.</param>
    /// <param name="depth">How deep in sequences this is; 0 for the data set itself.</param>
    public static int Walk(ReadOnlySpan<byte> data, int position, DicomEncoding encoding, Dictionary<uint, DicomElement>? found, int depth)
    {
        while (ElementHeader.TryRead(data, position, encoding, out ElementHeader header))
        {
            int value = position + header.Size;
            int available = data.Length - value;
            if (header.Tag is DicomTag.ItemEnd or DicomTag.SequenceEnd)
            {
                if (depth > 0)
                {
                    return header.Tag == DicomTag.ItemEnd ? value : position;
                }

                // A stray delimiter in the data set itself: nothing to end, go on behind it.
                position = value;
                continue;
            }

            bool isPixels = depth == 0 && header.Tag == DicomTag.PixelData;
            int length = header.IsUndefinedLength || header.Length > available ? available : (int)header.Length;
            if (found is not null && DicomTag.IsKnown(header.Tag))
            {
                // The first of two wins; what follows the pixels is of no use.
                found.TryAdd(header.Tag, new DicomElement(header.Tag, header.Vr, value, length, header.Encoding, header.IsUndefinedLength, header.Length));
            }

            if (isPixels || (header.Length > available && !header.IsUndefinedLength))
            {
                return data.Length;
            }

            position = header.IsUndefinedLength ? SkipSequence(data, value, header.Encoding, depth) : value + length;
        }

        return data.Length;
    }

    /// <summary>Steps over the items of a sequence of undefined length; the end of the data ends it too.</summary>
    public static int SkipSequence(ReadOnlySpan<byte> data, int position, DicomEncoding encoding, int depth)
    {
        while (ElementHeader.TryRead(data, position, encoding, out ElementHeader header))
        {
            if (header.Tag == DicomTag.SequenceEnd)
            {
                return position + header.Size;
            }

            if (header.Tag != DicomTag.Item)
            {
                // No item: the sequence was never ended. What stands here belongs to the level above.
                return position;
            }

            position = SkipItem(data, position, encoding, header, depth);
        }

        return data.Length;
    }

    /// <summary>The position behind an item whose header is at <paramref name="position"/>.</summary>
    public static int SkipItem(ReadOnlySpan<byte> data, int position, DicomEncoding encoding, ElementHeader header, int depth)
    {
        if (depth >= MaxDepth)
        {
            throw new InvalidDataException($"The DICOM sequences are nested deeper than {MaxDepth} levels.");
        }

        int value = position + header.Size;
        if (header.IsUndefinedLength)
        {
            return Walk(data, value, encoding, null, depth + 1);
        }

        return header.Length > data.Length - value ? data.Length : value + (int)header.Length;
    }
}
