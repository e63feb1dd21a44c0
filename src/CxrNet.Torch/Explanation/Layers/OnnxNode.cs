using CxrNet.Torch.Export.Schema;

namespace CxrNet.Torch.Explanation;

/// <summary>An operator of an ONNX graph with its attributes by name.</summary>
internal sealed class OnnxNode(NodeProto node, string source)
{
    public string Op => node.OpType;

    /// <summary>The node's path in the network: its name without the operator, or the name of its output.</summary>
    public string Name { get; } = node.Name.Length > 0 ? node.Name : node.Output[0];

    public IReadOnlyList<string> Inputs => node.Input;

    public long Int(string name, long otherwise) => Find(name)?.I ?? otherwise;

    public float Float(string name, float otherwise) => Find(name)?.F ?? otherwise;

    public string Text(string name) => Find(name)?.S.ToStringUtf8() ?? "";

    public long[] Ints(string name, params long[] otherwise) => Find(name) is { } found ? [.. found.Ints] : otherwise;

    /// <summary>Zeros before and after, in rows and columns.</summary>
    public (long Above, long Left, long Below, long Right) Pads()
    {
        if (Text("auto_pad") is not ("" or "NOTSET" or "VALID"))
        {
            throw new CxrModelException(source, $"'{source}': '{Name}' has auto_pad '{Text("auto_pad")}'; explicit pads expected.");
        }

        return Ints("pads", 0, 0, 0, 0) is [long above, long left, long below, long right]
            ? (above, left, below, right)
            : throw new CxrModelException(source, $"'{source}': '{Name}' has {Ints("pads").Length} pads; the 4 of a 2D operator expected.");
    }

    /// <summary>The same zeros before and after.</summary>
    public long[] EvenPads() => Pads() is var p && p.Above == p.Below && p.Left == p.Right
        ? [p.Above, p.Left]
        : throw new CxrModelException(source, $"'{source}': '{Name}' pads its sides unevenly; explanation methods know that of convolutions alone.");

    private AttributeProto? Find(string name) => node.Attribute.FirstOrDefault(a => a.Name == name);
}
