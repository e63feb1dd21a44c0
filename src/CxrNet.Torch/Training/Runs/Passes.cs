using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Passes through a network of which only the result is wanted.</summary>
internal static class Passes
{
    /// <summary>Runs one that needs no gradient, and frees what lies between: a pass leaves all its planes to the scope around it, gigabytes of them for a batch, and a step or a validation takes several passes.</summary>
    public static Tensor Alone(Func<Tensor> pass)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return pass().MoveToOuterDisposeScope();
    }
}
