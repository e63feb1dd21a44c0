using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>How well a map predicts what a perturbation does to the score: C.-K. Yeh et al., NeurIPS 2019 (arXiv 1901.09392). The lower the better.</summary>
public static class Infidelity
{
    /// <summary><c>mean over k of (I_k . map - (f(x) - f(x - I_k)))²</c>.</summary>
    /// <param name="score">f; a logit, usually.</param>
    /// <param name="image">x.</param>
    /// <param name="map">A signed attribution, one value per pixel.</param>
    /// <param name="perturbations">One or more I_k, each as many values as the image has pixels; see <see cref="Perturbations"/>.</param>
    /// <param name="normalize">Whether the map is first scaled by the factor that fits best (captum's <c>normalize</c>), which makes methods of different scale comparable.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">Sizes differ, or the map holds NaN.</exception>
    public static double Of(ImageScore score, GrayImage image, ReadOnlySpan<float> map, IReadOnlyList<float[]> perturbations, bool normalize = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(perturbations);
        ArgumentOutOfRangeException.ThrowIfZero(perturbations.Count, nameof(perturbations));
        MapGuard.Check(map, image);
        double[] predicted = new double[perturbations.Count];
        List<GrayImage> images = [image];
        for (int k = 0; k < predicted.Length; k++)
        {
            images.Add(Perturbations.Apply(image, perturbations[k], -1));
            for (int i = 0; i < map.Length; i++)
            {
                predicted[k] += (double)perturbations[k][i] * map[i];
            }
        }

        IReadOnlyList<double> scores = score(images, cancellationToken);
        double[] measured = [.. scores.Skip(1).Select(s => scores[0] - s)];
        double scale = normalize ? Ratio.OrZero(TensorPrimitives.Dot<double>(predicted, measured), TensorPrimitives.SumOfSquares<double>(predicted)) : 1;
        return predicted.Zip(measured, (p, m) => ((scale * p) - m) * ((scale * p) - m)).Average();
    }
}
