using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>The map that a training starts from, which it should still give for radiographs while drawn chests teach it where lesions are (learning without forgetting, Li and Hoiem 2016, arXiv 1606.09282).</summary>
internal sealed class KeptMap : IDisposable
{
    private readonly MapNetwork _map;

    private KeptMap(MapNetwork map) => _map = map;

    /// <summary>A copy of a network's E1 and D before their first step.</summary>
    /// <param name="network">The network that will learn.</param>
    /// <param name="options">Of the training.</param>
    /// <param name="isLearnt">Whether E1 and D come from a file; a drawn map is not worth keeping.</param>
    /// <exception cref="ArgumentException">They are as they were drawn.</exception>
    public static KeptMap Of(CxrNetwork network, TrainingOptions options, bool isLearnt)
    {
        if (!isLearnt)
        {
            throw Nothing();
        }

        MapNetwork copy = new(options.Network, folded: false);
        copy.load_state_dict(network.Map.state_dict());
        copy.eval();
        HalfPrecision.Set(copy, options.HalfPrecision);
        return new KeptMap(copy);
    }

    /// <summary>There is no map to keep.</summary>
    public static ArgumentException Nothing() =>
        new("The map is to stay what it is on radiographs (KeepMapWeight), and nothing that the training starts from has a map: give InitialMap, or InitialWeights of a whole network.");

    /// <summary>The mean binary cross-entropy over the radiographs' pixels between the map as it is and as it was; 0 in a batch of drawings.</summary>
    /// <param name="input">[n, 1, S, S], standardised.</param>
    /// <param name="strength">[n, 1, S, S], the map before its sigmoid.</param>
    /// <param name="radiographs">[n], 1 or 0.</param>
    public Tensor Loss(Tensor input, Tensor strength, Tensor radiographs)
    {
        Tensor before = Passes.Alone(() => _map.forward(input));
        Tensor distance = functional.binary_cross_entropy_with_logits(strength, before, reduction: Reduction.None).mean([1, 2, 3]);
        return (radiographs * distance).sum() / radiographs.sum().clamp(min: 1);
    }

    public void Dispose() => _map.Dispose();
}
