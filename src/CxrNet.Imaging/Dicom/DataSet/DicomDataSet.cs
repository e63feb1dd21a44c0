using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CxrNet.Imaging.Dicom;

/// <summary>The known elements of a data set or of one item of a sequence, read as typed values when they are asked for.</summary>
internal sealed class DicomDataSet
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly Dictionary<uint, DicomElement> _elements = [];
    private readonly int _depth;
    private readonly Lock _lock = new();
    private Dictionary<uint, DicomItems>? _items;

    private DicomDataSet(ReadOnlyMemory<byte> data, int depth) => (_data, _depth) = (data, depth);

    /// <summary>An empty one, for what a file does not have.</summary>
    public static DicomDataSet Empty { get; } = new(default, 0);

    /// <summary>Walks the elements from <paramref name="start"/> on.</summary>
    public static DicomDataSet Read(ReadOnlyMemory<byte> data, int start, DicomEncoding encoding, int depth = 0)
    {
        DicomDataSet set = new(data, depth);
        DicomWalker.Walk(data.Span, start, encoding, set._elements, depth);
        return set;
    }

    public bool TryGet(uint tag, out DicomElement element) => _elements.TryGetValue(tag, out element);

    public bool Has(uint tag) => _elements.ContainsKey(tag);

    /// <summary>The value's bytes; empty where the element is not there.</summary>
    public ReadOnlyMemory<byte> Bytes(uint tag) => TryGet(tag, out DicomElement element) ? _data.Slice(element.Offset, element.Length) : default;

    /// <summary>A binary integer (US, SS, UL, SL), the <paramref name="index"/>-th value; null where it is not there.</summary>
    /// <param name="tag">The element.</param>
    /// <param name="index">Which of several values.</param>
    /// <param name="signed">Whether 16 bits are two's complement where the encoding does not say.</param>
    public int? Integer(uint tag, int index = 0, bool signed = false)
    {
        if (!TryGet(tag, out DicomElement element))
        {
            return null;
        }

        bool wide = element.Vr is ValueRepresentation.UL or ValueRepresentation.SL;
        int size = wide ? 4 : 2;
        if (element.Length < size * (index + 1))
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = _data.Span.Slice(element.Offset + (size * index), size);
        if (wide)
        {
            return element.Encoding.IsBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        }

        ushort value = element.Encoding.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return element.Vr == ValueRepresentation.SS || (signed && element.Vr == 0) ? (short)value : value;
    }

    /// <summary>A short text, trimmed; null where it is empty or not there. The first of several values.</summary>
    public string? Text(uint tag) => Texts(tag) is [{ Length: > 0 } first, ..] ? first : null;

    /// <summary>A unique identifier; null where it is not there or is none (PS3.5, 9.1: digits and dots, 64 at the most).</summary>
    public string? Uid(uint tag) => Text(tag) is { Length: <= 64 } uid && uid.All(static c => char.IsAsciiDigit(c) || c == '.') ? uid : null;

    /// <summary>A number written as text (DS, IS), the <paramref name="index"/>-th; null where it is not there or no number.</summary>
    public double? Number(uint tag, int index = 0)
    {
        string[] texts = Texts(tag);
        return index < texts.Length && double.TryParse(texts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
    }

    /// <summary>The <paramref name="index"/>-th item of a sequence; an empty set where it is not there.</summary>
    public DicomDataSet Item(uint sequence, int index = 0)
    {
        if (!TryGet(sequence, out DicomElement element) || _depth >= 8)
        {
            return Empty;
        }

        ReadOnlyMemory<byte> items = _data.Slice(element.Offset, element.Length);
        return ItemsOf(sequence, items, element.Encoding).TryFind(index, out int start, out int end) ? Read(items[..end], start, element.Encoding, _depth + 1) : Empty;
    }

    private DicomItems ItemsOf(uint sequence, ReadOnlyMemory<byte> items, DicomEncoding encoding)
    {
        lock (_lock)
        {
            _items ??= [];
            return CollectionsMarshal.GetValueRefOrAddDefault(_items, sequence, out _) ??= new DicomItems(items, encoding, _depth);
        }
    }

    private string[] Texts(uint tag)
    {
        ReadOnlySpan<byte> bytes = Bytes(tag).Span;

        // Nothing that is read here is longer; a hostile length must not become a long string.
        return bytes.IsEmpty ? [] : Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)]).Split('\\', StringSplitOptions.None).Select(static t => t.Trim(' ', '\0')).ToArray();
    }
}
