using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Models.StateDicts;

/// <summary>Files as torch.save writes them (PyTorch 2): a zip archive, nothing compressed, in one folder.</summary>
internal static class TorchSave
{
    public static byte[] StateDict(IReadOnlyDictionary<string, Tensor> tensors) =>
        StateDict(tensors.Select(static (t, i) => KeyValuePair.Create(t.Key, SavedTensor.Of(t.Value, $"{i}"))));

    public static byte[] StateDict(IEnumerable<KeyValuePair<string, SavedTensor>> tensors)
    {
        KeyValuePair<string, SavedTensor>[] all = [.. tensors];
        return Archive(new PickleWriter().StateDict(all).Op('.').ToArray(), Storages(all.Select(static t => t.Value)));
    }

    public static (string, byte[])[] Storages(IEnumerable<SavedTensor> tensors) => [.. tensors.DistinctBy(static t => t.Key).Select(static t => ($"data/{t.Key}", t.Storage))];

    public static byte[] Archive(byte[] pickle, (string Name, byte[] Bytes)[] entries, string root = "weights/", CompressionLevel level = CompressionLevel.NoCompression, string byteOrder = "little")
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in (IEnumerable<(string, byte[])>)[("data.pkl", pickle), ("byteorder", Encoding.ASCII.GetBytes(byteOrder)), .. entries, ("version", "3\n"u8.ToArray())])
            {
                using Stream stream = zip.CreateEntry(root + name, level).Open();
                stream.Write(bytes);
            }
        }

        return file.ToArray();
    }
}
