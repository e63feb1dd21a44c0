using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Trained encoders that another one learns from (distillation, Hinton et al. 2015, arXiv 1503.02531): what they say of the very image that it is shown, not of another view of it (Beyer et al. 2022, arXiv 2106.05237).</summary>
internal sealed class Teachers : IDisposable
{
    private readonly List<CxrNetwork> _networks = [];

    /// <exception cref="CxrModelException">A file has not the tensors of this network, or tells other findings apart.</exception>
    public Teachers(TrainingOptions options, IReadOnlyList<string> classes)
    {
        try
        {
            foreach (string file in options.Teachers)
            {
                using var scope = NewDisposeScope();
                ExportedModel? exported = ExportedModel.Open(file);
                CxrNetwork network = new(options.Network, classes.Count, folded: exported is not null);
                _networks.Add(network);
                if (exported is not null)
                {
                    using var noGrad = no_grad();
                    exported.Fill(network.Encoder, options.Network, classes);
                }
                else
                {
                    RunWeights.Open(file).CopyTeacher(network.state_dict(), classes);
                }

                network.eval();
                HalfPrecision.Set(network, options.HalfPrecision);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Their mean probabilities, [n, classes], of whole images.</summary>
    /// <param name="input">[n, 1, S, S], standardised, unmasked.</param>
    public Tensor Ask(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor sum = _networks.Select(network => Passes.Alone(() => network.Encoder.forward(input).softmax(1))).Aggregate(static (sum, one) => sum + one);
        return (sum / _networks.Count).MoveToOuterDisposeScope();
    }

    public void Dispose() => _networks.ForEach(static network => network.Dispose());
}
