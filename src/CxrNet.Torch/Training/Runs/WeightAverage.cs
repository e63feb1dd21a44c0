using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>A running average of a network's weights (Polyak), which scores better than the last step's.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly Dictionary<string, Tensor> _live;

    public WeightAverage(Module network, double decay)
    {
        _decay = decay;
        _live = network.state_dict();
        Values = _live.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>The averaged state.</summary>
    public Dictionary<string, Tensor> Values { get; }

    /// <summary>Takes one step's weights in.</summary>
    public void Update(long step)
    {
        // The first steps' weights are random: a short memory forgets them.
        double decay = Math.Min(_decay, (1.0 + step) / (10.0 + step));
        foreach ((string name, Tensor average) in Values)
        {
            if (average.is_floating_point())
            {
                average.lerp_(_live[name].detach(), 1 - decay);
            }
            else
            {
                average.copy_(_live[name]);
            }
        }
    }

    /// <summary>Exchanges average and live weights; call it again to change back.</summary>
    public void Swap()
    {
        foreach ((string name, Tensor average) in Values)
        {
            using Tensor kept = average.clone();
            average.copy_(_live[name].detach());
            _live[name].detach().copy_(kept);
        }
    }

    public void Dispose()
    {
        foreach (Tensor value in Values.Values)
        {
            value.Dispose();
        }
    }
}
