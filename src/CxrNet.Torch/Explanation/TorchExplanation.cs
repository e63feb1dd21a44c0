using System.Runtime.InteropServices;
using CxrNet.Torch.Explanation;
using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>What all gradient and CAM methods share: the input is prepared as the card says, the finding is chosen, the method computes a raw map, the map is given out with the part of the image that it covers.</summary>
/// <remarks>Safe for concurrent use. The network stays the caller's. Images go through in batches of the network's size.</remarks>
public abstract class TorchExplanation : IExplanationMap
{
    private protected TorchExplanation(ExplainableNetwork network, TorchExplanationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        Options = options ?? TorchExplanationOptions.Default;
        Options.Validate();
        if (Options.Part == ExplainedPart.Encoder && network.Graph.Encoder is null)
        {
            throw new CxrModelException(network.Card.Id, $"'{network.Card.Id}' has no part whose layers are called 'encoder.…', which {nameof(ExplainedPart)}.{nameof(ExplainedPart.Encoder)} explains; {nameof(ExplainedPart)}.{nameof(ExplainedPart.Network)} goes with any network.");
        }
    }

    /// <inheritdoc/>
    public abstract string Method { get; }

    internal ExplainableNetwork Network { get; }

    internal TorchExplanationOptions Options { get; }

    /// <summary>Whether negative values mean evidence against the finding; where not, they are only said where they occur.</summary>
    private protected virtual bool IsSigned => true;

    /// <summary>The number that is explained where the options name none.</summary>
    private protected virtual GradientScore DefaultScore => GradientScore.Logit;

    /// <summary>Whether the map depends on the finding.</summary>
    private protected virtual bool IsOfFinding => true;

    /// <inheritdoc/>
    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        List<Heatmap> maps = [];
        ForEachBatch(images, target, run => maps.AddRange(Read(run, Compute(run))), cancellationToken);
        return maps;
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The raw maps of a batch, [n, rows, columns], as computed. Called without torch's record; who needs it turns it on.</summary>
    private protected abstract Tensor Compute(ExplanationRun run);

    private protected void RequireLogit()
    {
        if (Options.Score is not (null or GradientScore.Logit))
        {
            throw new ArgumentException($"{Method} shares out a logit, the options ask for {Options.Score}.");
        }
    }

    private protected void ForEachBatch(IReadOnlyList<GrayImage> images, ExplanationTarget target, Action<ExplanationRun> use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        int? finding = TargetFinding.IndexOf(Network.Card, target);
        TorchExplanationOptions options = Options with { Score = Options.Score ?? DefaultScore };
        cancellationToken.ThrowIfCancellationRequested();
        int first = 0;
        foreach (IReadOnlyList<GrayImage> batch in ImageBatch.Split(images, Network.MaxBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using InputTensor input = InputTensor.From(batch, Network.Input);
            Network.Enter();
            try
            {
                using var watching = RunCancellation.Watch(cancellationToken);
                using var noGrad = no_grad();
                using var scope = NewDisposeScope();   // frees every temporary of the batch; thread-bound, so no await inside
                using ExplanationRun run = new(Network, options, input, batch, finding, (first, images.Count), cancellationToken);
                use(run);
            }
            catch (ExternalException e)
            {
                throw new CxrModelException(Network.Card.Id, $"'{Network.Card.Id}' failed on {Method} of a batch of {batch.Count}: {e.Message.Split('\n')[0]}", e);
            }
            finally
            {
                Network.Leave();
            }

            first += batch.Count;
        }
    }

    private protected IEnumerable<Heatmap> Read(ExplanationRun run, Tensor maps)
    {
        float[] values = [.. maps.to(ScalarType.Float32).cpu().contiguous().data<float>()];
        int height = (int)maps.shape[1], width = (int)maps.shape[2];
        if (!maps.isfinite().all().item<bool>())
        {
            throw new CxrModelException(Network.Card.Id, $"'{Network.Card.Id}': {Method} gave values that are no finite numbers.");
        }

        for (int i = 0; i < run.Images.Count; i++)
        {
            float[] own = values[(i * width * height)..((i + 1) * width * height)];
            yield return new Heatmap(width, height, own, run.Images[i].Width, run.Images[i].Height, run.RegionOf(i))
            {
                Method = Method,
                Finding = IsOfFinding ? run.FindingOf(i) : null,
                IsSigned = IsSigned || Array.Exists(own, static v => v < 0),
            };
        }
    }
}
