namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>The checks that every codec makes before it allocates, and the one exception that it may throw.</summary>
internal static class Codestream
{
    /// <summary>Most components that a DICOM frame can have here (RGB, or RGB and alpha).</summary>
    public const int MaxComponents = 4;

    /// <summary>The error of every codec: one line, with what was found and what was expected.</summary>
    public static InvalidDataException Error(string codec, string cause) => new($"{codec}: {cause}");

    /// <summary>Refuses a size that is empty, other than expected, over the limit, or over what one array can hold.</summary>
    public static void CheckSize(string codec, long width, long height, int components, StreamBounds bounds)
    {
        if (width <= 0 || height <= 0)
        {
            throw Error(codec, $"the size {width} x {height} holds no pixel.");
        }

        if (bounds.Shape is { } shape && (width != shape.Width || height != shape.Height || components != shape.Components))
        {
            throw Error(codec, $"{width} x {height} x {components} samples found, the DICOM header says {shape.Width} x {shape.Height} x {shape.Components}.");
        }

        // Neither side passes 2^31 in any of the three formats, so the product cannot overflow.
        long pixels = width * height;
        if (pixels > bounds.MaxPixels)
        {
            throw Error(codec, $"{width} x {height} = {pixels} pixels declared, at most {bounds.MaxPixels} allowed.");
        }

        if (components is < 1 or > MaxComponents)
        {
            throw Error(codec, $"{components} components declared, 1 to {MaxComponents} expected.");
        }

        if (pixels * components > Array.MaxLength)
        {
            throw Error(codec, $"{pixels} pixels of {components} components declared, at most {Array.MaxLength} samples fit one array.");
        }
    }
}
