using CxrNet.Torch.Export;

namespace CxrNet.Torch.Networks;

/// <summary>A part of a network that can write itself into an ONNX graph.</summary>
internal interface IOnnxExportable
{
    /// <summary>Adds the nodes of this part.</summary>
    /// <param name="graph">The graph that is written.</param>
    /// <param name="path">The part's name; initializers are named as the folded network's state dictionary names them.</param>
    /// <param name="input">The value that the part reads.</param>
    /// <returns>The value that the part makes.</returns>
    string Export(OnnxGraphBuilder graph, string path, string input);
}
