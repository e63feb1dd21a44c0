using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Moves, tones, softens or sharpens the images of a batch, each by its own draw.</summary>
internal static class Augmenter
{
    /// <summary>Changes images and masks alike; images stay in 0 … 1.</summary>
    /// <param name="images">[n, 1, S, S].</param>
    /// <param name="masks">[n, k, S, S]: lungs, lesions.</param>
    /// <param name="options">How much.</param>
    /// <param name="random">Every draw comes from it.</param>
    /// <param name="stretches">By what logarithm the ratio of width to height of each image is to change (<see cref="AspectExchange"/>); empty for none.</param>
    /// <param name="framings">Where the lungs of each image are laid (<see cref="FramingExchange"/>); empty for none.</param>
    public static (Tensor Images, Tensor Masks) Apply(Tensor images, Tensor masks, AugmentationOptions options, Random random, ReadOnlySpan<float> stretches = default, ReadOnlySpan<FramingChange?> framings = default)
    {
        (Tensor grey, Tensor moved) = RandomMotion.Apply(images, masks, options, random, stretches, framings);
        grey = RandomTone.Apply(grey, options, random);
        grey = RandomSharpness.Apply(grey, options.Blur, random);
        using Generator generator = new((ulong)random.NextInt64());
        return ((grey + (randn(grey.shape, generator: generator) * (random.NextDouble() * options.Noise))).clamp_(0, 1), moved);
    }
}
