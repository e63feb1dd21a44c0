using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>The safetensors format: eight bytes with the header's length, a JSON header, raw little-endian values. Data only, nothing in it is ever run.</summary>
internal static class SafetensorsFile
{
    private const string Metadata = "__metadata__";
    private const long MaxHeader = 100_000_000; // the format's own limit
    private const int MaxDimensions = 8;

    /// <summary>Writes tensors and metadata; to a temporary name first, so that a file of this name is always whole.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        JsonObject header = new() { [Metadata] = new JsonObject(metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))) };
        long offset = 0;
        foreach ((string name, Tensor tensor) in tensors)
        {
            long bytes = tensor.numel() * tensor.element_size();
            header[name] = new JsonObject
            {
                ["dtype"] = TypeName(tensor.dtype),
                ["shape"] = new JsonArray([.. tensor.shape.Select(static d => (JsonNode)d)]),
                ["data_offsets"] = new JsonArray(offset, offset + bytes),
            };
            offset += bytes;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        string temporary = path + ".tmp";
        using (FileStream file = File.Create(temporary))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
            file.Write(length);
            file.Write(json);
            foreach (Tensor tensor in tensors.Values)
            {
                using Tensor plain = tensor.detach().cpu().contiguous();
                file.Write(plain.bytes);
            }

            // A rename may reach the disk before the bytes do, and a power cut would leave the name alone.
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads all tensors and the metadata.</summary>
    /// <exception cref="CxrModelException">The file is damaged; the message says what was found and what was expected.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(byte[] file, string source) =>
        ReadHeader(file, source, header => (Tensors(header, file.AsSpan(8 + (int)HeaderLength(file, source)), source), MetadataOf(header)));

    /// <summary>Reads the metadata alone.</summary>
    /// <exception cref="CxrModelException">The header is damaged.</exception>
    public static Dictionary<string, string> ReadMetadata(byte[] file, string source) => ReadHeader(file, source, MetadataOf);

    private static T ReadHeader<T>(byte[] file, string source, Func<JsonElement, T> read)
    {
        long length = HeaderLength(file, source);
        try
        {
            using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, (int)length), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return read(header.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new CxrModelException(source, $"'{source}': the safetensors header is damaged: {e.Message}", e);
        }
    }

    private static long HeaderLength(byte[] file, string source)
    {
        long length = file.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(file) : -1;
        return length > 0 && length <= Math.Min(MaxHeader, file.Length - 8)
            ? length
            : throw new CxrModelException(source, $"'{source}' is not a safetensors file: its header claims {length} bytes, the file has {file.Length}.");
    }

    private static Dictionary<string, string> MetadataOf(JsonElement header) => header.TryGetProperty(Metadata, out JsonElement entries)
        ? entries.EnumerateObject().ToDictionary(static item => item.Name, static item => item.Value.GetString() ?? "", StringComparer.Ordinal)
        : [];

    private static Dictionary<string, Tensor> Tensors(JsonElement header, ReadOnlySpan<byte> data, string source)
    {
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        List<Place> places = [];
        foreach (JsonProperty entry in header.EnumerateObject().Where(static e => e.Name != Metadata))
        {
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(static d => d.GetInt32() is >= 0 and int size ? size : throw new FormatException("a negative dimension"))];
            JsonElement offsets = entry.Value.GetProperty("data_offsets");
            (long from, long to) = (offsets[0].GetInt64(), offsets[1].GetInt64());
            (ScalarType type, int size) = TypeOf(entry.Value.GetProperty("dtype").GetString(), entry.Name, source);
            long expected = shape.Aggregate((long)size, static (a, b) => checked(a * b));
            if (shape.Length > MaxDimensions || from < 0 || to > data.Length || to - from != expected)
            {
                throw new CxrModelException(source, $"'{source}': tensor '{entry.Name}' of {shape.Length} dimensions lies at {from} … {to} of {data.Length} bytes, its shape asks for {expected}.");
            }

            places.Add(new Place(from, to, entry.Name, type, [.. shape.Select(static d => (long)d)]));
        }

        RequireNoOverlap(places, source);
        foreach (Place place in places)
        {
            Tensor tensor = empty(place.Shape, place.Type);
            if (place.To > place.From)
            {
                data[(int)place.From..(int)place.To].CopyTo(tensor.bytes);
            }

            tensors[place.Name] = tensor;
        }

        return tensors;
    }

    // Tensors that lie over each other could claim many times the file.
    private static void RequireNoOverlap(List<Place> places, string source)
    {
        places.Sort(static (a, b) => (a.From, a.To).CompareTo((b.From, b.To)));
        for (int i = 1; i < places.Count; i++)
        {
            if (places[i].From < places[i - 1].To)
            {
                throw new CxrModelException(source, $"'{source}': tensor '{places[i].Name}' starts at {places[i].From}, before '{places[i - 1].Name}' ends at {places[i - 1].To}; tensors side by side expected.");
            }
        }
    }

    private static string TypeName(ScalarType type) => type switch
    {
        ScalarType.Float32 => "F32",
        ScalarType.Float16 => "F16",
        ScalarType.Float64 => "F64",
        ScalarType.Int64 => "I64",
        ScalarType.Byte => "U8",
        _ => throw new ArgumentException($"Tensors of {type} are not written.", nameof(type)),
    };

    private static (ScalarType Type, int Size) TypeOf(string? name, string tensor, string source) => name switch
    {
        "F32" => (ScalarType.Float32, 4),
        "F16" => (ScalarType.Float16, 2),
        "BF16" => (ScalarType.BFloat16, 2),
        "F64" => (ScalarType.Float64, 8),
        "I64" => (ScalarType.Int64, 8),
        "U8" => (ScalarType.Byte, 1),
        _ => throw new CxrModelException(source, $"'{source}': tensor '{tensor}' has type {name}; F32, F16, BF16, F64, I64 or U8 expected."),
    };

    private sealed record Place(long From, long To, string Name, ScalarType Type, long[] Shape);
}
