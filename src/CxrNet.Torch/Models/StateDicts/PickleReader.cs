using System.Buffers.Binary;
using System.Text;

namespace CxrNet.Torch.Models;

/// <summary>Reads the pickle of a state_dict as data: dictionaries, lists, numbers, strings, and tensors as views of storages. Nothing is ever called or made by name.</summary>
/// <remarks>One method per opcode would scatter a stack machine over thirty; so this file is longer than most. The machine is that of Python's Lib/pickletools.py, protocol 2.</remarks>
internal ref struct PickleReader
{
    // Each opcode leaves one value at most, of some hundred bytes, wherever it goes: so this bounds the memory. A tensor takes about forty.
    private const int MaxOpcodes = 1 << 22;
    private const int Protocol = 2;

    private static readonly object Mark = new();

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _source;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at;

    private PickleReader(ReadOnlySpan<byte> bytes, string source)
    {
        _bytes = bytes;
        _source = source;
    }

    /// <summary>What the pickle describes.</summary>
    /// <exception cref="CxrModelException">It is damaged, or asks for more than data; the message names the opcode or the global.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes, string source) => new PickleReader(bytes, source).Run();

    private object? Run()
    {
        for (int count = 0; count < MaxOpcodes; count++)
        {
            int position = _at;
            PickleOpcode opcode = (PickleOpcode)Take(1)[0];
            if (opcode == PickleOpcode.Stop)
            {
                return Pop();
            }

            Step(opcode, position);
        }

        throw Damaged($"more than {MaxOpcodes} opcodes");
    }

    private void Step(PickleOpcode opcode, int position)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol:
                int protocol = Take(1)[0];
                if (protocol != Protocol)
                {
                    throw new CxrModelException(_source, $"'{_source}' is pickled with protocol {protocol}; {Protocol}, that of torch.save, expected.");
                }

                break;
            case PickleOpcode.Mark: _stack.Add(Mark); break;
            case PickleOpcode.None: _stack.Add(null); break;
            case PickleOpcode.NewTrue: _stack.Add(true); break;
            case PickleOpcode.NewFalse: _stack.Add(false); break;
            case PickleOpcode.BinInt: _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case PickleOpcode.BinInt1: _stack.Add((long)Take(1)[0]); break;
            case PickleOpcode.BinInt2: _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case PickleOpcode.Long1: _stack.Add(TakeLong()); break;
            case PickleOpcode.BinFloat: _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case PickleOpcode.BinUnicode: _stack.Add(Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))))); break;
            case PickleOpcode.EmptyTuple: _stack.Add(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple1: _stack.Add(PopMany(1)); break;
            case PickleOpcode.Tuple2: _stack.Add(PopMany(2)); break;
            case PickleOpcode.Tuple3: _stack.Add(PopMany(3)); break;
            case PickleOpcode.Tuple: _stack.Add(PopToMark()); break;
            case PickleOpcode.EmptyDict: _stack.Add(new Dictionary<object, object?>(PickleKeys.Instance)); break;
            case PickleOpcode.EmptyList: _stack.Add(new List<object?>()); break;
            case PickleOpcode.Append: Append([Pop()]); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.SetItem: Set(PopMany(2)); break;
            case PickleOpcode.SetItems: Set(PopToMark()); break;
            case PickleOpcode.BinPut: _memo[Take(1)[0]] = Top(); break;
            case PickleOpcode.LongBinPut: _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
            case PickleOpcode.BinGet: Recall(Take(1)[0]); break;
            case PickleOpcode.LongBinGet: Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case PickleOpcode.Global: _stack.Add(TakeGlobal()); break;
            case PickleOpcode.BinPersistentId: _stack.Add(Storage(Pop())); break;
            case PickleOpcode.Reduce: Reduce(); break;
            case PickleOpcode.Build: Build(); break;
            default:
                string name = Enum.IsDefined(opcode) ? $" ({opcode})" : "";
                throw new CxrModelException(_source, $"'{_source}': its pickle has the opcode 0x{(byte)opcode:x2}{name} at byte {position}, which torch.save of a state_dict does not write; it is not run.");
        }
    }

    private void Reduce()
    {
        object?[] arguments = Pop() as object?[] ?? throw Damaged("a call without arguments");
        _stack.Add(Pop() switch
        {
            PickleGlobal g when g == PickleGlobal.OrderedDict && arguments.Length == 0 => new Dictionary<object, object?>(PickleKeys.Instance),
            PickleGlobal g when g == PickleGlobal.RebuildParameter && arguments is [TorchView tensor, ..] => tensor,
            PickleGlobal g when g == PickleGlobal.RebuildTensor && arguments is [TorchStorage storage, long offset, object?[] size, object?[] stride, ..] => View(storage, offset, size, stride),
            PickleGlobal g => throw Damaged($"'{g.Module}.{g.Name}' with {arguments.Length} arguments of other kinds than torch.save writes"),
            _ => throw Damaged("a call of what is no function"),
        });
    }

    private readonly TorchView View(TorchStorage storage, long offset, object?[] size, object?[] stride)
    {
        if (!size.All(static s => s is long) || !stride.All(static s => s is long))
        {
            throw Damaged("a tensor whose shape or strides are no numbers");
        }

        TorchView view = new(storage, offset, [.. size.Cast<long>()], [.. stride.Cast<long>()]);
        return view.Problem() is { } problem ? throw Damaged($"a tensor that {problem}") : view;
    }

    // The state of a dictionary is the _metadata of its modules: versions that nobody needs here.
    private void Build()
    {
        Pop();
        if (Top() is not Dictionary<object, object?>)
        {
            throw Damaged("a state for what is no dictionary");
        }
    }

    private readonly TorchStorage Storage(object? id) =>
        id is object?[] and ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count] && TorchStorage.Types.TryGetValue(type.Name, out (TorchSharp.torch.ScalarType Type, int Size) known) && count >= 0 && count <= long.MaxValue / known.Size
            ? new TorchStorage(key, known.Type, count)
            : throw Damaged("a persistent id that is no storage");

    private PickleGlobal TakeGlobal()
    {
        PickleGlobal global = new(TakeLine(), TakeLine());
        return global.IsKnown
            ? global
            : throw new CxrModelException(_source, $"'{_source}': its pickle names '{global.Module}.{global.Name}', which torch.save of a state_dict does not write; it is not run. In Python, load the file and save model.state_dict() alone.");
    }

    private readonly void Append(ReadOnlySpan<object?> values)
    {
        List<object?> list = Top() as List<object?> ?? throw Damaged("values for what is no list");
        list.AddRange(values);
    }

    private readonly void Set(object?[] pairs)
    {
        Dictionary<object, object?> dictionary = Top() as Dictionary<object, object?> ?? throw Damaged("entries for what is no dictionary");
        if (pairs.Length % 2 != 0)
        {
            throw Damaged("a key without a value");
        }

        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (!dictionary.TryAdd(pairs[i] ?? throw Damaged("an entry without a key"), pairs[i + 1]))
            {
                throw Damaged($"the key '{pairs[i]}' twice");
            }
        }
    }

    private readonly void Recall(uint index) => _stack.Add(_memo.TryGetValue(index, out object? value) ? value : throw Damaged($"a reference to {index}, which was never kept"));

    private readonly object? Top() => _stack.Count > 0 ? _stack[^1] : throw Damaged("too few values on its stack");

    private readonly object? Pop() => PopMany(1)[0];

    private readonly object?[] PopMany(int count)
    {
        if (_stack.Count < count || _stack.IndexOf(Mark, _stack.Count - count) >= 0)
        {
            throw Damaged("too few values on its stack");
        }

        object?[] values = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private readonly object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw Damaged("an end without a mark");
        }

        object?[] values = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private long TakeLong()
    {
        ReadOnlySpan<byte> bytes = Take(Take(1)[0]);
        if (bytes.Length > sizeof(long))
        {
            throw Damaged($"a number of {bytes.Length} bytes");
        }

        long value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }

    private string TakeLine()
    {
        int length = _bytes[_at..].IndexOf((byte)'\n');
        string line = Encoding.UTF8.GetString(Take(length < 0 ? uint.MaxValue : (uint)length));
        _at++;
        return line;
    }

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)(_bytes.Length - _at))
        {
            throw Damaged($"{count} bytes wanted, {_bytes.Length - _at} left");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    private readonly CxrModelException Damaged(string what) => new(_source, $"'{_source}': its pickle is damaged or no state_dict, at byte {_at}: {what}.");
}
