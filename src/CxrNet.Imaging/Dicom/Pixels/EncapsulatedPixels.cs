using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom;

/// <summary>Compressed pixel data: the fragments, and which of them make up a frame; PS3.5, A.4.</summary>
internal sealed class EncapsulatedPixels
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly List<(int Start, int Length)> _fragments = [];
    private readonly List<int> _offsets = [];
    private (int First, int End)[] _frames = [];

    private EncapsulatedPixels(ReadOnlyMemory<byte> data) => _data = data;

    /// <summary>Whether the file ends inside a fragment.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Walks the items; the first is the basic offset table.</summary>
    /// <param name="data">The value of the pixel data.</param>
    /// <param name="frames">How many frames the header states.</param>
    public static EncapsulatedPixels Read(ReadOnlyMemory<byte> data, int frames)
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

        pixels._frames = pixels.Frames(frames);
        return pixels;
    }

    /// <summary>The bytes of one frame; copied only where it lies in several fragments.</summary>
    /// <param name="frame">Which, from 0.</param>
    /// <param name="frames">How many the header states, for the error.</param>
    public ReadOnlyMemory<byte> Frame(int frame, int frames)
    {
        (int first, int end) = frame < _frames.Length ? _frames[frame] : (0, 0);
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

    // Once for all frames: a search of the fragments for each frame takes the square of their number. The array is no longer than the file's own lists, whatever the header states.
    private (int First, int End)[] Frames(int frames)
    {
        if (frames == 1)
        {
            return [(0, _fragments.Count)];
        }

        if (_fragments.Count == frames)
        {
            return [.. Enumerable.Range(0, frames).Select(static frame => (frame, frame + 1))];
        }

        (int First, int End)[] starts = FromCodestreams();
        return _offsets.Count == frames && _fragments.Count > 0 ? FromOffsets(starts) : starts;
    }

    // Offsets of frames ascend. A frame whose offset makes no sense is where its codestream begins.
    private (int First, int End)[] FromOffsets((int First, int End)[] otherwise)
    {
        // An offset counts from the first fragment's item head, which stands 8 bytes before its value.
        int origin = _fragments[0].Start;
        int[] firsts = new int[_offsets.Count + 1];
        int fragment = 0;
        for (int frame = 0; frame < _offsets.Count; frame++)
        {
            while (fragment < _fragments.Count && _fragments[fragment].Start - origin < _offsets[frame])
            {
                fragment++;
            }

            firsts[frame] = fragment < _fragments.Count ? fragment : -1;
        }

        firsts[^1] = _fragments.Count;
        return [.. Enumerable.Range(0, _offsets.Count).Select(frame =>
            firsts[frame] >= 0 && firsts[frame + 1] > firsts[frame] ? (firsts[frame], firsts[frame + 1])
            : frame < otherwise.Length ? otherwise[frame] : (0, 0))];
    }

    // No table: a frame begins where a codestream does (FFD8 JPEG and JPEG-LS, FF4F JPEG 2000).
    private (int First, int End)[] FromCodestreams()
    {
        ReadOnlySpan<byte> data = _data.Span;
        List<int> starts = [];
        for (int i = 0; i < _fragments.Count; i++)
        {
            if (data.Slice(_fragments[i].Start, _fragments[i].Length) is [0xFF, 0xD8 or 0x4F, ..])
            {
                starts.Add(i);
            }
        }

        return [.. starts.Select((first, frame) => (first, frame + 1 < starts.Count ? starts[frame + 1] : _fragments.Count))];
    }
}
