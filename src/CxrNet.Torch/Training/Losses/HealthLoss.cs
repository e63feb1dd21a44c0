using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Cross-entropy in two parts, healthy or diseased and which disease, of which the first can count less where an image's source has only the one or the other.</summary>
/// <remarks>
/// -log softmax(z)_y = -log P(healthy) for a healthy image and -log P(diseased) - log P(y | diseased) for another one, with P(diseased) = 1 - P(healthy).
/// Where a source has both kinds, the first part compares like with like; where it has one, "from this hospital" answers it just as well as disease does.
/// </remarks>
internal static class HealthLoss
{
    /// <summary>One value an image, [n].</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="labels">[n].</param>
    /// <param name="healthy">The index of the healthy class.</param>
    /// <param name="weights">[n]: how much healthy or diseased counts for each image; with 1 throughout and no smoothing this is the plain cross-entropy.</param>
    /// <param name="smoothing">Label smoothing of both parts.</param>
    public static Tensor Of(Tensor logits, Tensor labels, int healthy, Tensor weights, double smoothing)
    {
        long classes = logits.shape[1];
        Tensor diseases = logits.index_select(1, tensor(Enumerable.Range(0, (int)classes).Where(c => c != healthy).Select(static c => (long)c).ToArray()));
        Tensor isHealthy = (labels == healthy).to(ScalarType.Float32);
        Tensor odds = logits.select(1, healthy) - diseases.logsumexp(1);
        Tensor target = (isHealthy * (1 - smoothing)) + (0.5 * smoothing);
        Tensor first = functional.binary_cross_entropy_with_logits(odds, target, reduction: Reduction.None);
        Tensor among = (labels - (labels > healthy).to(ScalarType.Int64)).clamp(0, classes - 2);
        Tensor second = functional.cross_entropy(diseases, among, reduction: Reduction.None, label_smoothing: smoothing);
        return (weights * first) + ((1 - isHealthy) * second);
    }
}
