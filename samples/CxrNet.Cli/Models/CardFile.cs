using System.Buffers.Binary;
using System.Text.Json;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>The card of a model file of either kind, without an engine.</summary>
internal static class CardFile
{
    // A header beyond this is no header of ours: 100 MB is also what the format's own reader allows.
    private const ulong MaxHeader = 100_000_000;

    public static CxrModelCard Read(string path) =>
        Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase) ? ReadSafetensors(path) : OnnxCard.Read(path);

    /// <summary>The format: eight bytes of length, then a JSON header whose <c>__metadata__</c> holds strings; https://huggingface.co/docs/safetensors.</summary>
    private static CxrModelCard ReadSafetensors(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> prefix = stackalloc byte[8];
            file.ReadExactly(prefix);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (length > MaxHeader || length > (ulong)file.Length)
            {
                throw new CxrModelException(path, $"'{path}' is no safetensors file: its header claims {length} bytes, the file has {file.Length}.");
            }

            byte[] header = new byte[length];
            file.ReadExactly(header);
            using JsonDocument json = JsonDocument.Parse(header);
            return json.RootElement.TryGetProperty("__metadata__", out JsonElement metadata) && metadata.TryGetProperty(CxrModelCardJson.MetadataKey, out JsonElement card)
                ? CxrModelCardJson.Parse(card.GetString() ?? "null", path)
                : throw new CxrModelException(path, $"'{path}' has no model card: its metadata lacks the key '{CxrModelCardJson.MetadataKey}'.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new CxrModelException(path, $"'{path}' is no safetensors file or cannot be read: {e.Message}", e);
        }
    }
}
