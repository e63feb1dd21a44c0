namespace CxrNet;

/// <summary>What must hold before a batch is packed, each with a message that names both sides.</summary>
internal static class InputGuard
{
    public static void Check(int count, CardInput input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (input.Width < 1 || input.Height < 1 || input.Channels < 1)
        {
            throw new ArgumentException($"The card's input is {input.Width} x {input.Height} with {input.Channels} channels; each must be 1 or more.", nameof(input));
        }

        if (input.Normalization.Kind == NormalizationKind.MeanStd && (input.Normalization.Mean.Count != input.Channels || input.Normalization.Std.Count != input.Channels))
        {
            throw new ArgumentException($"The card's input has {input.Channels} channels, but {input.Normalization.Mean.Count} means and {input.Normalization.Std.Count} deviations.", nameof(input));
        }
    }

    public static void Check(IReadOnlyList<GrayImage> images, IReadOnlyList<LungMask>? masks, CardInput input)
    {
        if (input.Lungs == LungHandling.None)
        {
            return;
        }

        if (masks is null)
        {
            throw new ArgumentException($"The card asks for lung handling '{input.Lungs}', but no lung masks were given: add a lung segmenter to the pipeline.", nameof(masks));
        }

        if (masks.Count != images.Count)
        {
            throw new ArgumentException($"{masks.Count} lung masks given for {images.Count} images.", nameof(masks));
        }

        for (int i = 0; i < images.Count; i++)
        {
            if (masks[i].Width != images[i].Width || masks[i].Height != images[i].Height)
            {
                throw new ArgumentException($"Lung mask {i} is {masks[i].Width} x {masks[i].Height}, its image {images[i].Width} x {images[i].Height}.", nameof(masks));
            }
        }
    }
}
