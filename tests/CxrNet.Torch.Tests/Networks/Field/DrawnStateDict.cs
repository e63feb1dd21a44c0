using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Networks.Field;

/// <summary>Draws each tensor when a network asks for it, so that a network's own description says what a file of it holds.</summary>
internal sealed class DrawnStateDict() : StateDict(new Dictionary<string, Tensor>(), "drawn")
{
    public Dictionary<string, Tensor> Drawn { get; } = [];

    // No bias of a convolution, as torchvision has it.
    public override bool Has(string name) => Drawn.ContainsKey(name) || !name.EndsWith(".bias", StringComparison.Ordinal);

    protected override Tensor? Find(string name, ReadOnlySpan<long> shape)
    {
        long[] size = shape.ToArray();
        return Drawn[name] = size.Length > 1 ? randn(size) * Math.Sqrt(2.0 / size[1..].Aggregate(1L, static (a, b) => a * b))
            : name.EndsWith("running_var", StringComparison.Ordinal) || (name.EndsWith(".weight", StringComparison.Ordinal) && size.Length == 1) ? rand(size) + 0.5
            : randn(size) * 0.2;
    }
}
