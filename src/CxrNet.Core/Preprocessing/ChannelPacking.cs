using System.Buffers;

namespace CxrNet;

/// <summary>One grey plane to the channels of an input, normalised, in the card's layout.</summary>
internal static class ChannelPacking
{
    /// <summary>Normalises and repeats in place.</summary>
    /// <param name="image">channels x plane values; the first plane holds the grey levels.</param>
    /// <param name="plane">Values of one channel.</param>
    /// <param name="input">Channels, layout and normalisation.</param>
    public static void Expand(Span<float> image, int plane, CardInput input)
    {
        // Last channel first, since the first one's place still holds the grey levels.
        Span<float> gray = image[..plane];
        for (int c = input.Channels - 1; c >= 0; c--)
        {
            Normalization.Apply(gray, input.Normalization, c, image.Slice(c * plane, plane));
        }

        if (input.Layout == TensorLayout.Nhwc && input.Channels > 1)
        {
            Interleave(image, plane, input.Channels);
        }
    }

    private static void Interleave(Span<float> image, int plane, int channels)
    {
        float[] planar = ArrayPool<float>.Shared.Rent(image.Length);
        image.CopyTo(planar);
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> channel = planar.AsSpan(c * plane, plane);
            for (int i = 0; i < channel.Length; i++)
            {
                image[(i * channels) + c] = channel[i];
            }
        }

        ArrayPool<float>.Shared.Return(planar);
    }
}
