using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Explanation;

/// <summary>One batch on its way through a method. Its tensors live in the method's dispose scope.</summary>
internal sealed class ExplanationRun : IDisposable
{
    private readonly ExplainableNetwork _network;
    private readonly TorchExplanationOptions _options;
    private readonly InputTensor _input;
    private readonly int? _finding;
    private readonly (int First, int Count) _place;
    private readonly CancellationToken _cancellation;
    private readonly Tensor? _untrained;
    private Tensor? _targets;

    public ExplanationRun(ExplainableNetwork network, TorchExplanationOptions options, InputTensor input, IReadOnlyList<GrayImage> images, int? finding, (int First, int Count) place, CancellationToken cancellation)
    {
        (_network, _options, _input, _finding, _place, _cancellation) = (network, options, input, finding, place, cancellation);
        Images = images;
        bool[] untrained = [.. network.Card.Findings.Select(static f => !f.IsTrained)];
        _untrained = untrained.Contains(true) ? tensor(untrained).to(network.Device) : null;

        Tensor x = empty(input.Shape, ScalarType.Float32);
        MemoryMarshal.AsBytes(input.Values.Span).CopyTo(x.bytes);
        Input = x.to(network.Device);
        if (options.Part == ExplainedPart.Encoder)
        {
            Start = Graph.Encoder!.Value;   // the method's constructor made sure
            Input = Graph.Run(Given(LayerGraphBuilder.Input, Input), [Start])[Start]!;
        }
    }

    public IReadOnlyList<GrayImage> Images { get; }

    public LayerGraph Graph => _network.Graph;

    public string ModelId => _network.Card.Id;

    /// <summary>The layer whose value is explained: the input, or what E2 is fed.</summary>
    public int Start { get; } = LayerGraphBuilder.Input;

    /// <summary>Its values, [n, c, h, w].</summary>
    public Tensor Input { get; }

    /// <summary>The explained finding of each image, [n]; known once logits of the images themselves were read.</summary>
    public Tensor Targets => _targets ??= Choose(Logits(Input));

    public static Dictionary<int, Tensor> Given(int layer, Tensor value) => new() { [layer] = value };

    /// <summary>Logits of other values at the explained layer, [m, findings].</summary>
    public Tensor Logits(Tensor input)
    {
        _cancellation.ThrowIfCancellationRequested();
        return Graph.Run(Given(Start, input), [Graph.Output])[Graph.Output]!;
    }

    public void Dispose() => _targets?.Dispose();

    /// <summary>Chooses the findings from the logits of the images themselves, which saves a pass where the top one is asked for.</summary>
    /// <exception cref="CxrModelException">A trained finding's logit is no finite number.</exception>
    public Tensor Choose(Tensor logits)
    {
        if (_targets is not null)
        {
            return _targets;
        }

        RequireFinite(logits);
        Tensor usable = _untrained is null ? logits.detach() : logits.detach().masked_fill(_untrained, float.NegativeInfinity);
        // It outlives the scope of the part in which it may be asked for first.
        return _targets = (_finding is { } finding ? full([logits.shape[0]], finding, ScalarType.Int64, _network.Device) : usable.argmax(1)).DetachFromDisposeScope();
    }

    /// <summary>The explained number of each row.</summary>
    /// <param name="logits">[m, findings].</param>
    /// <param name="targets">[m]; the images' own where null.</param>
    public Tensor Score(Tensor logits, Tensor? targets = null)
    {
        Tensor column = (targets ?? Choose(logits)).unsqueeze(1);
        Tensor logit = logits.gather(1, column).squeeze(1);
        if (_options.Score is null or GradientScore.Logit)
        {
            return logit;
        }

        Tensor scaled = logits / _network.Card.Temperature;
        Tensor logs = _network.Card.Activation == FindingActivation.Sigmoid
            ? functional.logsigmoid(scaled)
            : functional.log_softmax(_untrained is null ? scaled : scaled.masked_fill(_untrained, float.NegativeInfinity), 1);
        Tensor log = logs.gather(1, column).squeeze(1);
        return _options.Score == GradientScore.Probability ? log.exp() : logit + log;
    }

    /// <summary>The gradient of the score by the explained layer, for any values of it.</summary>
    /// <param name="input">[m, c, h, w].</param>
    /// <param name="targets">[m]; the images' own where null.</param>
    public Tensor Gradient(Tensor input, Tensor? targets = null)
    {
        _cancellation.ThrowIfCancellationRequested();
        using var record = enable_grad();
        Tensor leaf = input.detach().requires_grad_(true);
        Tensor logits = Graph.Run(Given(Start, leaf), [Graph.Output])[Graph.Output]!;
        return autograd.grad([Score(logits, targets).sum()], [leaf])[0].detach();
    }

    /// <summary>Goes back through every layer by a rule, from a seed at the logits to the explained layer.</summary>
    /// <param name="input">Values of the explained layer.</param>
    /// <param name="seed">From the logits of these values to what starts at them.</param>
    /// <param name="rule">The rule.</param>
    public Tensor Propagate(Tensor input, Func<Tensor, Tensor> seed, BackwardRule rule)
    {
        _cancellation.ThrowIfCancellationRequested();
        using var record = enable_grad();
        List<LayerTrace> traces = Graph.Trace(Start, input);
        Dictionary<int, Tensor> arrived = new() { [Graph.Output] = seed(traces[^1].Output.detach()).detach() };
        for (int t = traces.Count - 1; t >= 0; t--)
        {
            _cancellation.ThrowIfCancellationRequested();
            LayerTrace trace = traces[t];
            if (arrived.Remove(trace.Index, out Tensor? gradient))
            {
                Tensor[] sent = rule.Back(trace, gradient);
                for (int i = 0; i < sent.Length; i++)
                {
                    int to = trace.Layer.Inputs[i];
                    arrived[to] = arrived.TryGetValue(to, out Tensor? sum) ? (sum + sent[i]).detach() : sent[i].detach();
                }
            }
        }

        return arrived[Start];
    }

    /// <summary>Goes back from the score of the images themselves.</summary>
    public Tensor PropagateScore(BackwardRule rule) => Propagate(
        Input,
        logits =>
        {
            Tensor leaf = logits.requires_grad_(true);
            return autograd.grad([Score(leaf).sum()], [leaf])[0];
        },
        rule);

    /// <summary>The gradients of the score by some layers' values and by the explained layer.</summary>
    public (Tensor[] OfLayers, Tensor OfInput) Gradients(int[] layers)
    {
        using var record = enable_grad();
        Tensor leaf = Input.detach().requires_grad_(true);
        Tensor?[] values = Graph.Run(Given(Start, leaf), [.. layers, Graph.Output]);
        Tensor[] gradients = [.. autograd.grad([Score(values[Graph.Output]!).sum()], [leaf, .. layers.Select(l => values[l]!)])];
        return ([.. gradients[1..].Select(static g => g.detach())], gradients[0].detach());
    }

    /// <summary>Image by image, in parts of the options' size, with progress: for methods that need many passes.</summary>
    /// <param name="total">Rows of an image.</param>
    /// <param name="part">Called with the image's index, the first row and the number of rows.</param>
    public void InParts(int total, Action<int, int, int> part)
    {
        for (int image = 0; image < Images.Count; image++)
        {
            for (int first = 0; first < total; first += _options.BatchSize)
            {
                _cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(_options.BatchSize, total - first);
                using (NewDisposeScope())
                {
                    part(image, first, count);
                }

                _options.Progress?.Report(new ExplanationProgress(_place.First + image, _place.Count, first + count, total));
            }
        }
    }

    /// <summary>The seed that starts at a finding's logit with 1, [n, findings].</summary>
    public static Tensor OneHot(Tensor logits, Tensor targets) => functional.one_hot(targets, logits.shape[1]).to(logits.dtype);

    public PixelRegion RegionOf(int image) => _input.RegionOf(image);

    // As every backend refuses them: of the images themselves; what a method changes may run out of bounds on its own account.
    private void RequireFinite(Tensor logits)
    {
        Tensor finite = logits.detach().isfinite();
        if (!(_untrained is null ? finite : finite.logical_or(_untrained)).all().item<bool>())
        {
            throw new CxrModelException(ModelId, $"'{ModelId}' gave a logit that is no finite number.");
        }
    }

    public string FindingOf(int image) => _network.Card.Findings[(int)Targets[image].item<long>()].Name;
}
