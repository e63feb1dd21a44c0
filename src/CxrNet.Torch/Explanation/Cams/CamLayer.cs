using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>A layer as a CAM sees it, for one batch.</summary>
internal sealed class CamLayer
{
    private readonly int _index;
    private readonly int[] _beside;
    private readonly Tensor?[] _values;
    private readonly Tensor? _gradient;

    private CamLayer(ExplanationRun run, int index, Tensor?[] values, Tensor? gradient, Tensor? scores)
    {
        (Run, _index, _values, _gradient) = (run, index, values, gradient);
        _beside = [.. run.Graph.Beside(index)];
        Activations = values[index]!.detach();
        Scores = scores?.detach();
    }

    public ExplanationRun Run { get; }

    /// <summary>As <see cref="TorchExplanationOptions.Layers"/> has it.</summary>
    public string Name => Run.Graph.Layers[_index].Name;

    /// <summary>A, [n, c, h, w].</summary>
    public Tensor Activations { get; }

    /// <summary>d score / d A, [n, c, h, w].</summary>
    public Tensor Gradients => _gradient!.detach();

    /// <summary>The explained number of each image, [n]; null where only activations were asked for.</summary>
    public Tensor? Scores { get; }

    /// <summary>Runs the network as far as it is needed. Before the first layer nothing is recorded, so that a CAM of the last planes costs little more than a pass.</summary>
    public static IReadOnlyList<CamLayer> Of(ExplanationRun run, int[] layers, CamNeeds needs)
    {
        LayerGraph graph = run.Graph;
        int[] wanted = needs == CamNeeds.Activations ? layers : [.. layers.SelectMany(graph.Beside).Concat(layers).Append(graph.Output).Distinct()];
        bool records = needs >= CamNeeds.Gradients;
        using var record = set_grad_enabled(records);
        Tensor?[] values = graph.Run(ExplanationRun.Given(run.Start, run.Input), wanted, records ? layers.ToHashSet() : null);
        Tensor? scores = needs == CamNeeds.Activations ? null : run.Score(values[graph.Output]!);
        Tensor[] gradients = records ? GradientsOf(run, scores!.sum(), [.. layers.Select(l => values[l]!)], needs) : [];
        return [.. layers.Select((layer, i) => new CamLayer(run, layer, values, records ? gradients[i] : null, scores))];
    }

    // The methods refuse layers that the logits do not depend on. Should one come through, libtorch would end the process: an error in autograd.grad is no exception here.
    private static Tensor[] GradientsOf(ExplanationRun run, Tensor score, Tensor[] values, CamNeeds needs)
    {
        Tensor[] gradients = score.requires_grad
            ? [.. autograd.grad([score], values, retain_graph: true, create_graph: needs == CamNeeds.SecondDerivatives, allow_unused: true)]
            : [];
        return gradients.Length == values.Length && Array.TrueForAll(gradients, static g => g is { IsInvalid: false })
            ? gradients
            : throw new CxrModelException(run.ModelId, $"'{run.ModelId}': the score does not depend on a layer that was asked for.");
    }

    /// <summary>The second derivatives of the score times the activations, H A, [n, c, h, w]; zeros where the gradient does not depend on them.</summary>
    public Tensor SecondDerivativesTimesActivations()
    {
        if (!_gradient!.requires_grad)
        {
            return zeros_like(Activations);
        }

        using var record = enable_grad();
        Tensor? product = autograd.grad([_gradient], [_values[_index]!], [Activations], retain_graph: true, allow_unused: true)[0];
        return product is null || product.IsInvalid ? zeros_like(Activations) : product.detach();
    }

    /// <summary>The scores of an image with other activations in place of its own.</summary>
    /// <param name="image">Its index.</param>
    /// <param name="activations">[m, c, h, w].</param>
    /// <returns>[m].</returns>
    public Tensor ScoreWith(int image, Tensor activations)
    {
        LayerGraph graph = Run.Graph;
        long count = activations.shape[0];
        Dictionary<int, Tensor> known = ExplanationRun.Given(_index, activations);
        foreach (int beside in _beside)
        {
            Tensor value = _values[beside]!.detach();
            known[beside] = value[image].unsqueeze(0).expand([count, .. value.shape[1..]]);
        }

        return Run.Score(graph.Run(known, [graph.Output])[graph.Output]!, Run.Targets[image].expand(count));
    }
}
