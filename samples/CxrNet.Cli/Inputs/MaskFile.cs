using CxrNet.Evaluation;
using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>A mask that lies in an image file: white is inside.</summary>
internal static class MaskFile
{
    /// <exception cref="InvalidDataException">The file is no image, or has another size than the image that it belongs to.</exception>
    public static BinaryMask Read(string path, int width, int height)
    {
        GrayImage mask = GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(path));
        return mask.Width == width && mask.Height == height
            ? BinaryMask.AtLeast(width, height, mask.Pixels, 0.5f)
            : throw new InvalidDataException($"'{path}' is a mask of {mask.Width} x {mask.Height}, its image has {width} x {height}.");
    }
}
