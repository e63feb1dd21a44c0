using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>A PyTorch state_dict as torch.save writes it since version 1.6: a zip archive of a pickle and of raw little-endian storages, none of it compressed. Data only, nothing in it is ever run.</summary>
internal static class StateDictFile
{
    private const int MaxPickle = 1 << 26;
    private const int MaxEntries = 1 << 17;

    /// <summary>Whether a file is a zip archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> file) => file.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Whether a file is a bare pickle: torch.save before version 1.6, or with its old format asked for.</summary>
    public static bool IsBarePickle(ReadOnlySpan<byte> file) => file.Length > 1 && file[0] == (byte)PickleOpcode.Protocol && file[1] is > 0 and < 6;

    /// <summary>Reads all tensors. They live in the caller's dispose scope; those that share a storage share it here too.</summary>
    /// <exception cref="CxrModelException">The file is damaged, or is more than a state_dict; the message says what was found.</exception>
    public static Dictionary<string, Tensor> Read(byte[] file, string source)
    {
        try
        {
            using ZipArchive zip = new(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            Dictionary<string, ZipArchiveEntry> entries = Entries(zip, file.Length, source);
            string root = Root(entries, source);
            if (entries.TryGetValue(root + "byteorder", out ZipArchiveEntry? order) && Encoding.ASCII.GetString(BytesOf(order, source)) is not "little" and var found)
            {
                throw new CxrModelException(source, $"'{source}' has the byte order '{found}'; 'little' expected.");
            }

            Dictionary<string, TorchView> views = TensorsOf(PickleReader.Read(BytesOf(entries[root + "data.pkl"], source), source), source);
            return Materialize(views, entries, root, source);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or OverflowException or ArgumentException)
        {
            throw new CxrModelException(source, $"'{source}': the archive of the weights is damaged: {e.Message}", e);
        }
    }

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive zip, long fileLength, string source)
    {
        if (zip.Entries.Count > MaxEntries)
        {
            throw new CxrModelException(source, $"'{source}' has {zip.Entries.Count} entries; at most {MaxEntries} expected.");
        }

        Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
        long total = 0;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (entry.FullName.StartsWith('/') || entry.FullName.AsSpan().ContainsAny('\\', ':') || entry.FullName.Split('/').Contains(".."))
            {
                throw new CxrModelException(source, $"'{source}' has an entry '{entry.FullName}', which leaves the archive.");
            }

            // No compression, no bomb; and entries that lie over each other claim more than the file has.
            total = checked(total + entry.Length);
            if (entry.CompressedLength != entry.Length || total > fileLength || !entries.TryAdd(entry.FullName, entry))
            {
                throw new CxrModelException(source, $"'{source}': entry '{entry.FullName}' claims {entry.Length} bytes in {entry.CompressedLength}, {total} so far in a file of {fileLength}; torch.save writes each entry once and uncompressed.");
            }
        }

        return entries;
    }

    private static string Root(Dictionary<string, ZipArchiveEntry> entries, string source)
    {
        string[] pickles = [.. entries.Keys.Where(static name => name.EndsWith("/data.pkl", StringComparison.Ordinal))];
        if (pickles.Length != 1)
        {
            throw new CxrModelException(source, $"'{source}' is a zip archive with {pickles.Length} files data.pkl in folders; the one that torch.save writes expected.");
        }

        string root = pickles[0][..^"data.pkl".Length];
        return entries.ContainsKey(root + "constants.pkl")
            ? throw new CxrModelException(source, $"'{source}' is a TorchScript program; in Python, save its state_dict() with torch.save, or export it to ONNX.")
            : root;
    }

    // The dictionary itself, or the only one of a checkpoint that holds tensors.
    private static Dictionary<string, TorchView> TensorsOf(object? pickled, string source)
    {
        if (pickled is not Dictionary<object, object?> top)
        {
            throw new CxrModelException(source, $"'{source}' holds no dictionary of tensors; torch.save(model.state_dict(), …) writes one.");
        }

        // One that stands under several keys is one, and is looked through once.
        Dictionary<object, object?>[] found = HasTensors(top) ? [top] : [.. top.Values.OfType<Dictionary<object, object?>>().Distinct<Dictionary<object, object?>>(ReferenceEqualityComparer.Instance).Where(HasTensors)];
        return found.Length == 1
            ? found[0].Where(static e => e is { Key: string, Value: TorchView }).ToDictionary(static e => (string)e.Key, static e => (TorchView)e.Value!, StringComparer.Ordinal)
            : throw new CxrModelException(source, $"'{source}' holds {found.Length} dictionaries of tensors under {string.Join(", ", top.Keys.OfType<string>().Order(StringComparer.Ordinal).Take(8).Select(static k => $"'{k}'"))}; one expected.");
    }

    private static bool HasTensors(Dictionary<object, object?> dictionary) => dictionary.Any(static e => e is { Key: string, Value: TorchView });

    private static Dictionary<string, Tensor> Materialize(Dictionary<string, TorchView> views, Dictionary<string, ZipArchiveEntry> entries, string root, string source)
    {
        Dictionary<TorchStorage, Tensor> storages = [];
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach ((string name, TorchView view) in views)
        {
            if (!storages.TryGetValue(view.Storage, out Tensor? storage))
            {
                storages[view.Storage] = storage = Load(view.Storage, entries, root, source);
            }

            tensors[name] = storage.as_strided(view.Size, view.Stride, view.Offset);
        }

        return tensors;
    }

    private static Tensor Load(TorchStorage storage, Dictionary<string, ZipArchiveEntry> entries, string root, string source)
    {
        if (!entries.TryGetValue($"{root}data/{storage.Key}", out ZipArchiveEntry? entry) || entry.Length != storage.Bytes)
        {
            throw new CxrModelException(source, $"'{source}': storage '{storage.Key}' of {storage.Count} {storage.Type} needs {storage.Bytes} bytes; {(entry is null ? "there is no such entry" : $"its entry has {entry.Length}")}.");
        }

        Tensor values = empty([storage.Count], storage.Type);
        if (storage.Bytes > 0)
        {
            using Stream stream = entry.Open();
            stream.ReadExactly(values.bytes);
        }

        return values;
    }

    private static byte[] BytesOf(ZipArchiveEntry entry, string source)
    {
        if (entry.Length > MaxPickle)
        {
            throw new CxrModelException(source, $"'{source}': entry '{entry.FullName}' has {entry.Length} bytes; at most {MaxPickle} expected.");
        }

        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
