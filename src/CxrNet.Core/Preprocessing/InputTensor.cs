using System.Buffers;

namespace CxrNet;

/// <summary>A batch of images as a network wants it: cropped, resized, normalised, packed. The one place where these numbers are made, for every backend.</summary>
/// <remarks>Not thread-safe. Pooled: whoever makes it disposes of it; after that its values may not be touched.</remarks>
public sealed class InputTensor : IDisposable
{
    private readonly CardInput _input;
    private readonly PixelRegion[] _regions;
    private readonly bool _isRented;
    private float[]? _values;

    private InputTensor(int count, CardInput input, float[]? memory = null)
    {
        _input = input;
        _regions = new PixelRegion[count];
        _isRented = memory is null;
        _values = memory ?? ArrayPool<float>.Shared.Rent(checked(count * LengthEach));
    }

    /// <summary>Images.</summary>
    public int Count => _regions.Length;

    /// <summary>Values of one image: channels x height x width.</summary>
    public int LengthEach => _input.Channels * PlaneLength;

    /// <summary>[n, c, h, w] or [n, h, w, c], as the card's layout says.</summary>
    public long[] Shape => _input.ShapeOf(Count);

    /// <summary>All images one after the other: exactly the product of <see cref="Shape"/>.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was disposed of.</exception>
    public ReadOnlyMemory<float> Values => Own.AsMemory(0, Count * LengthEach);

    private int PlaneLength => _input.Width * _input.Height;

    // scikit-image's resize is used after normalising, with 0 outside the image; that 0 is this grey level.
    private float GrayOfZero => _input.Normalization is { Kind: NormalizationKind.Range, Min: float min, Max: float max } ? -min / (max - min) : 0;

    private float[] Own => _values ?? throw new ObjectDisposedException(nameof(InputTensor));

    /// <summary>Makes the input of a network that looks at whole images.</summary>
    /// <param name="images">Grey planes of any size, 0 = black, 1 = white.</param>
    /// <param name="input">What the network's card asks for.</param>
    /// <exception cref="ArgumentException">The card asks for lung masks, or is contradictory.</exception>
    public static InputTensor From(IReadOnlyList<GrayImage> images, CardInput input) => From(images, null, input);

    /// <summary>The same in memory that stays the caller's, for example pinned for an engine: nothing is copied, and disposing of the tensor gives nothing to the pool.</summary>
    /// <param name="images">Grey planes of any size, 0 = black, 1 = white.</param>
    /// <param name="input">What the network's card asks for.</param>
    /// <param name="memory">Receives the values; as many as <see cref="Values"/> has, or more.</param>
    /// <exception cref="ArgumentException">The memory is too short, the card asks for lung masks, or is contradictory.</exception>
    public static InputTensor From(IReadOnlyList<GrayImage> images, CardInput input, float[] memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(input);
        long needed = (long)images.Count * input.Channels * input.Height * input.Width;
        return memory.Length >= needed
            ? From(images, null, input, memory)
            : throw new ArgumentException($"{memory.Length} values given, {needed} expected for {images.Count} images of {input.Channels} x {input.Height} x {input.Width}.", nameof(memory));
    }

    /// <summary>Makes the input of a network, with the lungs applied or cropped where its card asks for that.</summary>
    /// <param name="images">Grey planes of any size, 0 = black, 1 = white.</param>
    /// <param name="masks">One mask per image and of its size; null where the card does not ask for lungs.</param>
    /// <param name="input">What the network's card asks for.</param>
    /// <exception cref="ArgumentException">A mask is missing or does not fit its image, or the card is contradictory.</exception>
    public static InputTensor From(IReadOnlyList<GrayImage> images, IReadOnlyList<LungMask>? masks, CardInput input)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(input);
        return From(images, masks, input, null);
    }

    /// <summary>Makes the input straight from decoded samples: the same numbers as through <see cref="GrayConversion"/> up to rounding, without a grey plane of each image's size.</summary>
    /// <param name="images">Decoded images of any size.</param>
    /// <param name="input">What the network's card asks for; no lung handling.</param>
    /// <exception cref="ArgumentException">The card asks for lung masks, which need a grey plane to be made from, or is contradictory.</exception>
    public static InputTensor FromDecoded(IReadOnlyList<DecodedImage> images, CardInput input)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(input);
        InputGuard.Check(images.Count, input);
        if (input.Lungs != LungHandling.None)
        {
            throw new ArgumentException($"The card asks for lung handling '{input.Lungs}', which works on grey images: use {nameof(From)}.", nameof(input));
        }

        InputTensor tensor = new(images.Count, input);
        try
        {
            for (int i = 0; i < images.Count; i++)
            {
                tensor.Fill(i, images[i]);
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

    /// <summary>Gives rented memory back to the pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _values, null) is { } values && _isRented)
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    private static InputTensor From(IReadOnlyList<GrayImage> images, IReadOnlyList<LungMask>? masks, CardInput input, float[]? memory)
    {
        InputGuard.Check(images.Count, input);
        InputGuard.Check(images, masks, input);
        InputTensor tensor = new(images.Count, input, memory);
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

    private void Fill(int index, GrayImage image, LungMask? mask)
    {
        PixelRegion part = mask is not null && _input.Lungs == LungHandling.Crop ? LungCrop.BoxOf(mask, LungCrop.DefaultMargin) : PixelRegion.Whole(image);
        InputFrame frame = Place(index, part, out Span<float> content);
        if (mask is not null && _input.Lungs == LungHandling.Apply)
        {
            int length = image.Width * image.Height;
            float[] masked = ArrayPool<float>.Shared.Rent(length);
            LungMasking.Apply(image, mask, masked.AsSpan(0, length));
            Resize(masked.AsSpan(0, length), image, frame, content);
            ArrayPool<float>.Shared.Return(masked);
        }
        else
        {
            Resize(image.Pixels, image, frame, content);
        }

        Finish(index, frame);
    }

    private void Fill(int index, DecodedImage image)
    {
        InputFrame frame = Place(index, PixelRegion.Whole(image.Width, image.Height), out Span<float> content);
        DecodedResizer.Resize(image, frame.Source, GrayOfZero, content, frame.Target.Width, frame.Target.Height, _input.Filter);
        Finish(index, frame);
    }

    private InputFrame Place(int index, PixelRegion part, out Span<float> content)
    {
        InputFrame frame = InputFrame.Of(part, _input);
        _regions[index] = frame.Covered;
        content = Own.AsSpan(index * LengthEach, frame.Target.Width * frame.Target.Height);
        return frame;
    }

    private void Resize(ReadOnlySpan<float> pixels, GrayImage image, in InputFrame frame, Span<float> content)
    {
        if (_input.Filter == ResizeFilter.ScikitImage)
        {
            ScikitImageResizer.Resize(pixels, image.Width, image.Height, frame.Source, GrayOfZero, content, frame.Target.Width, frame.Target.Height);
        }
        else
        {
            Resizer.Resize(pixels, image.Width, image.Height, frame.Source, content, frame.Target.Width, frame.Target.Height, _input.Filter);
        }
    }

    private void Finish(int index, in InputFrame frame)
    {
        Span<float> own = Own.AsSpan(index * LengthEach, LengthEach);
        InputFrame.Spread(own[..PlaneLength], _input.Width, frame.Target);
        ChannelPacking.Expand(own, PlaneLength, _input);
    }
}
