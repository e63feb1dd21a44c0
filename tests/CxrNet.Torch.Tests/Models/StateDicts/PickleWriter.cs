using System.Buffers.Binary;
using System.Text;

namespace CxrNet.Torch.Tests.Models.StateDicts;

/// <summary>Writes pickles of protocol 2 opcode by opcode, in the way of Python's C pickler: whatever is used again is kept and recalled.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _memo = [];
    private int _kept;

    public PickleWriter() => Raw(0x80, 2);

    public byte[] ToArray() => [.. _bytes];

    public PickleWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(char opcode) => Raw((byte)opcode);

    public PickleWriter Keep() => Indexed('q', 'r', _kept++);

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op('X').Raw(length).Raw(utf8).Keep();
    }

    public PickleWriter Number(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return value switch
        {
            >= 0 and < 256 => Op('K').Raw(bytes[0]),
            >= 0 and < 65536 => Op('M').Raw(bytes[..2]),
            >= int.MinValue and <= int.MaxValue => Op('J').Raw(bytes[..4]),
            _ => Raw(0x8a, 8).Raw(bytes),
        };
    }

    public PickleWriter Global(string module, string name)
    {
        string key = $"{module}\n{name}\n";
        if (_memo.TryGetValue(key, out int index))
        {
            return Indexed('h', 'j', index);
        }

        _memo[key] = _kept;
        return Op('c').Raw(Encoding.ASCII.GetBytes(key)).Keep();
    }

    public PickleWriter Numbers(params ReadOnlySpan<long> values)
    {
        if (values.Length > 3)
        {
            Op('(');
        }

        foreach (long value in values)
        {
            Number(value);
        }

        return values.Length switch
        {
            0 => Op(')'),
            1 => Raw(0x85).Keep(),
            2 => Raw(0x86).Keep(),
            3 => Raw(0x87).Keep(),
            _ => Op('t').Keep(),
        };
    }

    public PickleWriter OrderedDict() => Global("collections", "OrderedDict").Op(')').Op('R').Keep();

    public PickleWriter Tensor(SavedTensor tensor)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(').Op('(').Text("storage").Global("torch", tensor.StorageType).Text(tensor.Key).Text("cpu").Number(tensor.Count).Op('t').Keep().Op('Q');
        return Number(tensor.Offset).Numbers(tensor.Size).Numbers(tensor.Stride).Raw(0x89).OrderedDict().Op('t').Keep().Op('R').Keep();
    }

    /// <summary>A state_dict: the tensors, then the versions of the modules as the dictionary's state.</summary>
    public PickleWriter StateDict(IEnumerable<KeyValuePair<string, SavedTensor>> tensors)
    {
        OrderedDict().Op('(');
        foreach ((string name, SavedTensor tensor) in tensors)
        {
            Text(name).Tensor(tensor);
        }

        return Op('u').Op('}').Keep().Text("_metadata").OrderedDict().Op('(').Text("").Op('}').Keep().Text("version").Number(1).Op('s').Op('u').Op('s').Op('b');
    }

    private PickleWriter Indexed(char shortForm, char longForm, int index)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, index);
        return index < 256 ? Op(shortForm).Raw(bytes[0]) : Op(longForm).Raw(bytes);
    }
}
