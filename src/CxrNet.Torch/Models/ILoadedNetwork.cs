using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>A network as the backend runs it, on its device.</summary>
/// <remarks>Safe for concurrent use. A pass looks at <see cref="RunCancellation"/> between its layers.</remarks>
internal interface ILoadedNetwork : IDisposable
{
    /// <summary>How many pooled features it can give; 0 where none.</summary>
    int PooledLength { get; }

    /// <summary>One forward pass. The results live in the caller's dispose scope.</summary>
    /// <param name="input">[n, c, h, w].</param>
    /// <returns>What the network has: logits [n, findings], map [n, 1, h, w] in 0 … 1, pooled features [n, c].</returns>
    (Tensor? Logits, Tensor? Map, Tensor? Pooled) Run(Tensor input);

    /// <summary>The classifier as layers, of which the caller disposes; null for a segmenter.</summary>
    LayerGraph? Layers(CxrModelCard card, Device device);
}
