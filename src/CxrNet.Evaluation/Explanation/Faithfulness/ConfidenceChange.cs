namespace CxrNet.Evaluation;

/// <summary>What happens to the score when only what the map shows is left: A. Chattopadhay et al., Grad-CAM++, WACV 2018 (arXiv 1710.11063).</summary>
/// <param name="AverageDrop">Mean of <c>max(0, y - o) / y</c>, 0 … 1; y = score of the image, o = score of what is kept. The lower the better.</param>
/// <param name="Increase">The share of images whose score rises. The higher the better.</param>
/// <param name="AverageGain">Mean of <c>max(0, o - y) / (1 - y)</c>: H. Zhang et al., Opti-CAM (arXiv 2301.07002). The higher the better.</param>
public readonly record struct ConfidenceChange(double AverageDrop, double Increase, double AverageGain)
{
    /// <summary>From the two scores of each image.</summary>
    /// <param name="whole">Probabilities of the images; those that are 0 (or 1, for the gain) are left out of the mean that they would divide by zero.</param>
    /// <param name="kept">Probabilities of what the map keeps, in the same order.</param>
    public static ConfidenceChange From(IReadOnlyList<double> whole, IReadOnlyList<double> kept)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(kept);
        Guard.SameLength(whole.Count, kept.Count, nameof(kept));
        (double Y, double O)[] pairs = [.. whole.Zip(kept)];
        return new ConfidenceChange(
            pairs.Where(p => p.Y > 0).Select(p => Math.Max(0, p.Y - p.O) / p.Y).DefaultIfEmpty(double.NaN).Average(),
            pairs.Select(p => p.O > p.Y ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average(),
            pairs.Where(p => p.Y < 1).Select(p => Math.Max(0, p.O - p.Y) / (1 - p.Y)).DefaultIfEmpty(double.NaN).Average());
    }

    /// <summary>Keeps of an image what its map shows: <c>m x + (1 - m) reference</c>, m = map brought to 0 … 1 by its own minimum and maximum.</summary>
    /// <param name="image">x.</param>
    /// <param name="map">One value per pixel; a constant map keeps nothing.</param>
    /// <param name="reference">What takes the place of the rest; the image's mean where null.</param>
    public static GrayImage Keep(GrayImage image, ReadOnlySpan<float> map, Func<GrayImage, GrayImage>? reference = null)
    {
        MapGuard.Check(map, image);
        GrayImage rest = MapGuard.Reference(reference ?? ReferenceImages.Mean, image);
        float min = System.Numerics.Tensors.TensorPrimitives.Min(map);
        float range = System.Numerics.Tensors.TensorPrimitives.Max(map) - min;
        float[] pixels = new float[map.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            float m = range > 0 ? (map[i] - min) / range : 0;
            pixels[i] = (m * image.Pixels[i]) + ((1 - m) * rest.Pixels[i]);
        }

        return new GrayImage(image.Width, image.Height, pixels, image.Info);
    }
}
