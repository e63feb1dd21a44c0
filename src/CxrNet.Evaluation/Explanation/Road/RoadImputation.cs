namespace CxrNet.Evaluation;

/// <summary>Fills removed pixels so that their place betrays as little as possible: each becomes the weighted mean of its neighbours.</summary>
/// <remarks>
/// Y. Rong et al., ICML 2022 (arXiv 2202.00449). Neighbours inside the image weigh 1/6 beside and 1/12 across, divided by their sum at the border; all removed pixels are solved together.
/// Multiplied by that sum the system is symmetric and positive definite (a weighted graph Laplacian), so conjugate gradients with the diagonal as preconditioner solve it: M. R. Hestenes, E. Stiefel, J. Res. NBS 49 (1952) 409.
/// Safe for concurrent use.
/// </remarks>
public static class RoadImputation
{
    private const double Beside = 1.0 / 6;
    private const double Across = 1.0 / 12;

    /// <summary>Fills the removed pixels.</summary>
    /// <param name="image">Any image; kept pixels stay as they are.</param>
    /// <param name="removed">One value per pixel, row-major.</param>
    /// <param name="noise">Standard deviation of the noise that is added to filled pixels, so that smooth spots do not betray them either; 0 (the default) for a repeatable figure without a seed.</param>
    /// <param name="seed">Of the noise.</param>
    /// <param name="cancellationToken">Stops the solution.</param>
    /// <returns>A new image. Where every pixel is removed there is nothing to fill from: the image's mean.</returns>
    /// <exception cref="ArgumentException">The number of values is not that of the pixels.</exception>
    public static GrayImage Fill(GrayImage image, ReadOnlySpan<bool> removed, double noise = 0, ulong seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        Guard.SameLength(image.Pixels.Length, removed.Length, nameof(removed));
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        if (!removed.Contains(false))
        {
            return ReferenceImages.Mean(image);
        }

        double[] filled = new RoadSystem(image, removed).Solve(cancellationToken);
        float[] pixels = image.Pixels.ToArray();
        SplitMix64 random = new(seed);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (removed[i])
            {
                pixels[i] = (float)(filled[i] + (noise == 0 ? 0 : noise * random.NextNormal()));
            }
        }

        return new GrayImage(image.Width, image.Height, pixels, image.Info);
    }

    /// <summary>The weight of the neighbour (dx, dy).</summary>
    internal static double Weight(int dx, int dy) => dx == 0 || dy == 0 ? Beside : Across;
}
