using CxrNet.Evaluation;

namespace CxrNet.Torch.Training;

/// <summary>Reads one row of a manifest as a network will see it: image and lungs, masked or cropped as asked for, at the network's resolution.</summary>
internal sealed class LungViewReader
{
    private readonly IRadiographDecoder _decoder;
    private readonly ILungSegmenter? _segmenter;
    private readonly LungHandling _handling;
    private readonly int _side;

    public LungViewReader(IRadiographDecoder decoder, ILungSegmenter? segmenter, LungHandling handling, int side)
    {
        if (segmenter is null && handling != LungHandling.None)
        {
            throw new ArgumentException($"LungHandling.{handling} needs a lung segmenter.", nameof(segmenter));
        }

        (_decoder, _segmenter, _handling, _side) = (decoder, segmenter, handling, side);
    }

    /// <summary>What the network sees of an image.</summary>
    public LungHandling Handling => _handling;

    /// <summary>Fills two planes of side x side bytes; the lungs with 255 throughout where nobody knows them.</summary>
    /// <returns>The logarithm of columns against rows of what is shown, and a plane of the lesions where the manifest has their mask and it marks anything.</returns>
    public (float LogAspect, byte[]? Lesions) Read(ManifestEntry entry, Span<byte> image, Span<byte> lungs)
    {
        GrayImage whole = Decode(entry.File);

        // A human mask says where the lungs are; what is shown is decided by the segmenter, as it will be in use.
        LungMask? found = _segmenter is not null && (_handling != LungHandling.None || entry.LungMask is null) ? _segmenter.Segment([whole])[0].Clean() : null;
        LungFocus focus = LungFocus.On(whole, found, _handling);
        Resize(focus.Image, image);
        if (entry.LungMask is { } file)
        {
            Resize(focus.Cut(Decode(file)), lungs);
        }
        else if (found is not null)
        {
            Resize(focus.Cut(Plane(found)), lungs);
        }
        else
        {
            lungs.Fill(255);
        }

        return (MathF.Log((float)focus.Image.Width / focus.Image.Height), entry.LesionMask is { } mask ? LesionsOf(focus.Cut(Decode(mask))) : null);
    }

    private byte[]? LesionsOf(GrayImage mask)
    {
        byte[] plane = new byte[_side * _side];
        Resize(mask, plane);
        return plane.AsSpan().ContainsAnyExcept((byte)0) ? plane : null;
    }

    private GrayImage Decode(string file)
    {
        try
        {
            return GrayConversion.ToGray(_decoder.Decode(File.ReadAllBytes(file)));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{file}': {e.Message}", e);
        }
    }

    private static GrayImage Plane(LungMask mask)
    {
        float[] pixels = new float[mask.Probabilities.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = mask.Probabilities[i] >= mask.Threshold ? 1 : 0;
        }

        return new GrayImage(mask.Width, mask.Height, pixels);
    }

    private void Resize(GrayImage image, Span<byte> destination) =>
        PlaneBytes.Resize(image, _side, new float[destination.Length], destination);
}
