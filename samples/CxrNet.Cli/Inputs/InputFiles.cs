using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>From what the user names to files: a file stays as it is, a folder becomes the images in it and below.</summary>
internal static class InputFiles
{
    private const int HeaderLength = 256;

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".dcm", ".dicom"];

    /// <summary>The files in the order named, a folder's in alphabetical order; each once.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            files.AddRange(Directory.Exists(path) ? ImagesIn(path) : [path]);
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static string[] ImagesIn(string folder)
    {
        string[] images = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(LooksLikeAnImage).Order(StringComparer.Ordinal)];
        return images.Length > 0 ? images : throw new InvalidDataException($"'{folder}': there is no image in this folder.");
    }

    // DICOM files often have no extension, so a file without a known one is asked for its first bytes.
    private static bool LooksLikeAnImage(string path)
    {
        if (Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            using FileStream file = File.OpenRead(path);
            return RadiographDecoder.Default.CanDecode(header[..file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
