namespace CxrNet.Imaging.Dicom;

/// <summary>Where the items of one sequence lie, walked as far as was asked for and remembered: a file of many frames has an item for each, and a walk from the first for each takes the square of their number.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="items">The sequence's value.</param>
/// <param name="encoding">How it is written.</param>
/// <param name="depth">How deep in sequences it stands.</param>
internal sealed class DicomItems(ReadOnlyMemory<byte> items, DicomEncoding encoding, int depth)
{
    private readonly Lock _lock = new();

    // Where each item begins; the last is where the walk goes on. Four bytes an item, which has eight in the file at the least.
    private readonly List<int> _starts = [0];

    /// <summary>The item's first element, and the position behind its last; false where there is no such item.</summary>
    public bool TryFind(int index, out int start, out int end)
    {
        lock (_lock)
        {
            ReadOnlySpan<byte> data = items.Span;
            while (_starts.Count < index + 2 && ElementHeader.TryRead(data, _starts[^1], encoding, out ElementHeader header) && header.Tag == DicomTag.Item)
            {
                _starts.Add(DicomWalker.SkipItem(data, _starts[^1], encoding, header, depth));
            }

            bool found = index >= 0 && index + 1 < _starts.Count;

            // An item's head has no value representation, so always eight bytes.
            (start, end) = found ? (_starts[index] + 8, _starts[index + 1]) : (0, 0);
            return found;
        }
    }
}
