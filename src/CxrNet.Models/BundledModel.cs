using System.Reflection;
using CxrNet.Onnx;

namespace CxrNet.Models;

/// <summary>One model of this package: an ONNX file with its card inside, held in the assembly.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class BundledModel
{
    private readonly Lazy<CxrModelCard> _card;

    internal BundledModel(string name)
    {
        Name = name;
        FileName = name + ".onnx";
        // A failure is not remembered, so the error names its caller each time.
        _card = new Lazy<CxrModelCard>(ReadCard, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The model's name, for example <c>cxrnet-s</c>.</summary>
    public string Name { get; }

    /// <summary>The name as a file, for example <c>cxrnet-s.onnx</c>; also what errors should call the model.</summary>
    public string FileName { get; }

    /// <summary>Whether the weights are in this build.</summary>
    public bool IsAvailable => typeof(BundledModel).Assembly.GetManifestResourceInfo(FileName) is not null;

    /// <summary>What the model says of itself; read once.</summary>
    /// <exception cref="CxrModelException">The weights are not in this build, or carry no card.</exception>
    public CxrModelCard Card => _card.Value;

    /// <summary>Opens the ONNX file. The caller disposes of the stream.</summary>
    /// <exception cref="CxrModelException">The weights are not in this build.</exception>
    public Stream Open() => typeof(BundledModel).Assembly.GetManifestResourceStream(FileName)
        ?? throw new CxrModelException(Name, $"'{FileName}' is not in this build of {Assembly.GetExecutingAssembly().GetName().Name}: the file has to lie in src/CxrNet.Models/Weights when it is built.");

    /// <summary>The ONNX file's bytes.</summary>
    /// <exception cref="CxrModelException">The weights are not in this build.</exception>
    public byte[] ReadAllBytes()
    {
        using Stream stream = Open();
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private CxrModelCard ReadCard()
    {
        ProtobufReader model = new(ReadAllBytes());
        while (model.Next())
        {
            // ModelProto.metadata_props = 14, StringStringEntryProto: key = 1, value = 2.
            if (model.Field == 14 && ReadCardEntry(model.Bytes) is { } json)
            {
                return CxrModelCardJson.Parse(json, FileName);
            }
        }

        throw new CxrModelException(Name, $"'{FileName}' has no card under '{CxrModelCardJson.MetadataKey}'.");
    }

    private static string? ReadCardEntry(ReadOnlySpan<byte> entry)
    {
        ProtobufReader pair = new(entry);
        bool isCard = false;
        string? value = null;
        while (pair.Next())
        {
            if (pair.Field == 1)
            {
                isCard = pair.Text == CxrModelCardJson.MetadataKey;
            }
            else if (pair.Field == 2)
            {
                value = pair.Text;
            }
        }

        return isCard ? value : null;
    }
}
