using System.Buffers;

namespace CxrNet;

/// <summary>A batch of images as a network wants it: cropped, resized, normalised, packed. The one place where these numbers are made, for every backend.</summary>
/// <remarks>Not thread-safe. Pooled: whoever makes it disposes of it; after that its values may not be touched.</remarks>
public sealed class InputTensor : IDisposable
{
    private readonly CardInput _input;
    private readonly PixelRegion[] _regions;
    private float[]? _values;

    private InputTensor(int count, CardInput input)
    {
        _input = input;
        _regions = new PixelRegion[count];
        _values = ArrayPool<float>.Shared.Rent(checked(count * LengthEach));
    }

    /// <summary>Images.</summary>
    public int Count => _regions.Length;

    /// <summary>Values of one image: channels x height x width.</summary>
    public int LengthEach => _input.Channels * PlaneLength;

    /// <summary>[n, c, h, w] or [n, h, w, c], as the card's layout says.</summary>
    public long[] Shape => _input.Layout == TensorLayout.Nchw
        ? [Count, _input.Channels, _input.Height, _input.Width]
        : [Count, _input.Height, _input.Width, _input.Channels];

    /// <summary>All images one after the other: exactly the product of <see cref="Shape"/>.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was disposed of.</exception>
    public ReadOnlyMemory<float> Values => Own.AsMemory(0, Count * LengthEach);

    private int PlaneLength => _input.Width * _input.Height;

    private float[] Own => _values ?? throw new ObjectDisposedException(nameof(InputTensor));

    /// <summary>Makes the input of a network that looks at whole images.</summary>
    /// <param name="images">Grey planes of any size, 0 = black, 1 = white.</param>
    /// <param name="input">What the network's card asks for.</param>
    /// <exception cref="ArgumentException">The card asks for lung masks, or is contradictory.</exception>
    public static InputTensor From(IReadOnlyList<GrayImage> images, CardInput input) => From(images, null, input);

    /// <summary>Makes the input of a network, with the lungs applied or cropped where its card asks for that.</summary>
    /// <param name="images">Grey planes of any size, 0 = black, 1 = white.</param>
    /// <param name="masks">One mask per image and of its size; null where the card does not ask for lungs.</param>
    /// <param name="input">What the network's card asks for.</param>
    /// <exception cref="ArgumentException">A mask is missing or does not fit its image, or the card is contradictory.</exception>
    public static InputTensor From(IReadOnlyList<GrayImage> images, IReadOnlyList<LungMask>? masks, CardInput input)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(input);
        InputGuard.Check(images, masks, input);
        InputTensor tensor = new(images.Count, input);
        try
        {
            for (int i = 0; i < images.Count; i++)
            {
                tensor.Fill(i, images[i], input.Lungs == LungHandling.None ? null : masks![i]);
            }

            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>The part of an image that its input stands for: what a map at the input's resolution covers. It may reach beyond the image where the input is padded.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public PixelRegion RegionOf(int index) => _regions[index];

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _values, null) is { } values)
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    private void Fill(int index, GrayImage image, LungMask? mask)
    {
        PixelRegion part = mask is not null && _input.Lungs == LungHandling.Crop ? LungCrop.BoxOf(mask, LungCrop.DefaultMargin) : PixelRegion.Whole(image);
        InputFrame frame = InputFrame.Of(part, _input);
        _regions[index] = frame.Covered;
        Span<float> own = Own.AsSpan(index * LengthEach, LengthEach);
        Span<float> plane = own[..PlaneLength];
        if (mask is not null && _input.Lungs == LungHandling.Apply)
        {
            int length = image.Width * image.Height;
            float[] masked = ArrayPool<float>.Shared.Rent(length);
            LungMasking.Apply(image, mask, masked.AsSpan(0, length));
            Resample(masked.AsSpan(0, length), image, frame, plane);
            ArrayPool<float>.Shared.Return(masked);
        }
        else
        {
            Resample(image.Pixels, image, frame, plane);
        }

        ChannelPacking.Expand(own, plane.Length, _input);
    }

    private void Resample(ReadOnlySpan<float> pixels, GrayImage image, in InputFrame frame, Span<float> plane)
    {
        PixelRegion target = frame.Target;
        if (target.Width == _input.Width && target.Height == _input.Height)
        {
            Resize(pixels, image, frame.Source, plane, target);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(target.Width * target.Height);
        Span<float> content = rented.AsSpan(0, target.Width * target.Height);
        Resize(pixels, image, frame.Source, content, target);
        plane.Clear();
        for (int y = 0; y < target.Height; y++)
        {
            content.Slice(y * target.Width, target.Width).CopyTo(plane[(((target.Y + y) * _input.Width) + target.X)..]);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private void Resize(ReadOnlySpan<float> pixels, GrayImage image, PixelRegion source, Span<float> destination, PixelRegion target)
    {
        if (_input.Filter != ResizeFilter.ScikitImage)
        {
            Resizer.Resize(pixels, image.Width, image.Height, source, destination, target.Width, target.Height, _input.Filter);
            return;
        }

        // Its authors normalise first and then resize with 0 outside; that 0 is this grey level.
        InputNormalization normalization = _input.Normalization;
        float zero = normalization.Kind == NormalizationKind.Range ? -normalization.Min / (normalization.Max - normalization.Min) : 0;
        ScikitImageResizer.Resize(pixels, image.Width, image.Height, source, zero, destination, target.Width, target.Height);
    }
}
