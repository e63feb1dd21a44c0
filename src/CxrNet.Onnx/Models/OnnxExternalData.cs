using System.Globalization;

namespace CxrNet.Onnx;

/// <summary>A tensor whose values lie in another file.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Location">The other file, relative to the model's folder.</param>
/// <param name="Elements">How many values it claims.</param>
/// <param name="Offset">Where in the file its bytes begin, as text; null for its start.</param>
/// <param name="Length">How many bytes it has there, as text; null for the rest.</param>
internal readonly record struct OnnxExternalData(string Tensor, string Location, long Elements, string? Offset, string? Length)
{
    /// <summary>Refuses a location that is absolute, leaves the model's folder by its path or by a link, or is too short for what the tensor claims.</summary>
    /// <exception cref="CxrModelException">One of these; the message says which.</exception>
    public void Require(string? folder, string source)
    {
        if (folder is null)
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' in another file, '{Location}': load the model by its path, or save it as one file.");
        }

        // The engine's own mark for weights that are in memory, whose offset it takes for an address.
        if (Location.StartsWith("*/_ORT_MEM_ADDR_/", StringComparison.Ordinal))
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' at '{Location}', a mark that ONNX Runtime reads as an address in memory; that is refused.");
        }

        string root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
        string path = Path.GetFullPath(Path.Combine(root, Location));
        if (Path.IsPathRooted(Location) || !path.StartsWith(root, StringComparison.Ordinal))
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' at '{Location}', outside the model's own folder; that is refused.");
        }

        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' in '{Location}', which is not in the model's folder.");
        }

        if (LinkOnTheWay(root, path) is { } link)
        {
            throw new CxrModelException(source, $"'{source}' keeps tensor '{Tensor}' in '{Location}', where '{Path.GetRelativePath(root, link.FullName)}' is a link to '{link.LinkTarget}'; links are refused, put the file itself there.");
        }

        long offset = Number(Offset, "offset", source), length = Number(Length, "length", source);
        if ((Int128)offset + length > file.Length || Elements > 8 * ((Int128)file.Length - offset))
        {
            string claim = Length is null ? $"{Elements} elements" : $"{Elements} elements in {length} bytes";
            throw new CxrModelException(source, $"'{source}': tensor '{Tensor}' claims {claim}{(offset > 0 ? $" from byte {offset} on" : "")}, '{Location}' has {file.Length} bytes.");
        }
    }

    // A link may lead out of the folder, and be turned to another place between this look and the engine's.
    private static FileSystemInfo? LinkOnTheWay(string root, string path)
    {
        for (string? at = path; at is not null && at.Length > root.Length; at = Path.GetDirectoryName(at))
        {
            FileSystemInfo info = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (info.LinkTarget is not null)
            {
                return info;
            }
        }

        return null;
    }

    private long Number(string? text, string name, string source) => text switch
    {
        null => 0,
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
        _ => throw new CxrModelException(source, $"'{source}': tensor '{Tensor}' has the {name} '{text}' in '{Location}', a number of bytes was expected."),
    };
}
