using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Methods that look at the gradients of noisy copies of the image.</summary>
/// <remarks>At the network's resolution. The noise is Gaussian from a seed, or given; the same call gives the same map. Every channel of an input holds the same grey plane: drawn noise is the same in all of them, and the plane's gradient is the sum of theirs, before it is squared.</remarks>
public abstract class NoisyGradient : TorchExplanation
{
    private protected NoisyGradient(ExplainableNetwork network, TorchExplanationOptions? options)
        : base(network, options)
    {
    }

    private protected sealed override Tensor Compute(ExplanationRun run)
    {
        Tensor noise = NoiseLike(run.Input);
        int samples = (int)noise.shape[0];
        // A literal 0 would be taken for an element type, so the dimension stands in a list.
        // In double: a variance is a small difference of large sums.
        long[] planes = [run.Input.shape[0], 1, run.Input.shape[2], run.Input.shape[3]];
        Tensor sum = zeros(planes, ScalarType.Float64, run.Input.device), squares = zeros_like(sum), targets = run.Targets;
        Tensor range = Options.Noise.IsEmpty
            ? Options.NoiseLevel * (run.Input.amax([1, 2, 3], keepdim: true) - run.Input.amin([1, 2, 3], keepdim: true))
            : ones([run.Images.Count, 1, 1, 1], device: run.Input.device);
        run.InParts(samples, (image, first, count) =>
        {
            Tensor noisy = run.Input[image] + (range[image] * noise.slice(0, first, first + count, 1));
            Tensor gradients = run.Gradient(noisy, targets[image].expand(count)).to(ScalarType.Float64).sum(1, keepdim: true);
            sum[image].add_(gradients.sum([0]));
            squares[image].add_(gradients.square().sum([0]));
        });
        return Reduce(sum / samples, squares / samples).squeeze(1);
    }

    /// <summary>From the mean and the mean square of the gradient to the map.</summary>
    private protected abstract Tensor Reduce(Tensor mean, Tensor meanSquare);

    private Tensor NoiseLike(Tensor input)
    {
        float[] values = Options.Noise.ToArray();
        long channels = values.Length == 0 ? 1 : input.shape[1], each = channels * input.shape[2] * input.shape[3];
        if (values.Length == 0)
        {
            Random random = new(Options.Seed);
            values = new float[each * Options.Samples];
            for (int i = 0; i < values.Length; i++)
            {
                // Box and Muller 1958.
                values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            }
        }
        else if (values.Length % each != 0)
        {
            throw new CxrModelException(Network.Card.Id, $"{values.Length} values of noise were given, a multiple of {each} expected: one for each value of the input of '{Network.Card.Id}' and each copy.");
        }

        return tensor(values).view(-1, channels, input.shape[2], input.shape[3]).to(input.device);
    }
}
