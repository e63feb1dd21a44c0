using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom;

/// <summary>Compressed pixel data: the fragments, and which of them make up a frame; PS3.5, A.4.</summary>
internal sealed class EncapsulatedPixels
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly List<(int Start, int Length)> _fragments = [];
    private readonly List<int> _offsets = [];

    private EncapsulatedPixels(ReadOnlyMemory<byte> data) => _data = data;

    /// <summary>Whether the file ends inside a fragment.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Walks the items; the first is the basic offset table.</summary>
    public static EncapsulatedPixels Read(ReadOnlyMemory<byte> data)
    {
        EncapsulatedPixels pixels = new(data);
        ReadOnlySpan<byte> bytes = data.Span;
        int position = 0;
        bool first = true;
        while (ElementHeader.TryRead(bytes, position, DicomEncoding.ImplicitLittle, out ElementHeader header) && header.Tag == DicomTag.Item)
        {
            int start = position + header.Size;
            int length = (int)Math.Min(header.Length, (uint)(bytes.Length - start));
            pixels.IsCutOff |= length < header.Length;
            if (first)
            {
                for (int i = 0; i + 4 <= length; i += 4)
                {
                    pixels._offsets.Add((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(bytes[(start + i)..])));
                }
            }
            else
            {
                pixels._fragments.Add((start, length));
            }

            first = false;
            position = start + length;
        }

        return pixels;
    }

    /// <summary>The bytes of one frame; copied only where it lies in several fragments.</summary>
    /// <param name="frame">Which, from 0.</param>
    /// <param name="frames">How many the header states.</param>
    public ReadOnlyMemory<byte> Frame(int frame, int frames)
    {
        (int first, int end) = Fragments(frame, frames);
        if (first >= end)
        {
            throw new InvalidDataException($"Frame {frame} of {frames} has no fragment; the pixel data has {_fragments.Count}.");
        }

        if (end - first == 1)
        {
            return _data.Slice(_fragments[first].Start, _fragments[first].Length);
        }

        byte[] joined = GC.AllocateUninitializedArray<byte>(_fragments[first..end].Sum(static f => f.Length));
        int o = 0;
        foreach ((int start, int length) in _fragments[first..end])
        {
            _data.Slice(start, length).CopyTo(joined.AsMemory(o));
            o += length;
        }

        return joined;
    }

    private (int First, int End) Fragments(int frame, int frames)
    {
        if (frames == 1)
        {
            return (0, _fragments.Count);
        }

        if (_fragments.Count == frames)
        {
            return (frame, frame + 1);
        }

        // An offset counts from the first fragment's item head, which stands 8 bytes before its value.
        if (_offsets.Count == frames && _fragments.Count > 0)
        {
            int origin = _fragments[0].Start - 8;
            int first = _fragments.FindIndex(f => f.Start - 8 - origin >= _offsets[frame]);
            int next = frame + 1 < frames ? _fragments.FindIndex(f => f.Start - 8 - origin >= _offsets[frame + 1]) : _fragments.Count;
            if (first >= 0 && next > first)
            {
                return (first, next);
            }
        }

        // No table: a frame begins where a codestream does (FFD8 JPEG and JPEG-LS, FF4F JPEG 2000).
        List<int> starts = [];
        for (int i = 0; i < _fragments.Count; i++)
        {
            if (_data.Span.Slice(_fragments[i].Start, _fragments[i].Length) is [0xFF, 0xD8 or 0x4F, ..])
            {
                starts.Add(i);
            }
        }

        return frame < starts.Count ? (starts[frame], frame + 1 < starts.Count ? starts[frame + 1] : _fragments.Count) : (0, 0);
    }
}
