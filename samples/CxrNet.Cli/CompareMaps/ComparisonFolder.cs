using System.Text.Json;
using System.Text.RegularExpressions;

namespace CxrNet.Cli;

/// <summary>The folder in which a comparison keeps what it has found: a file for each image, and its pictures. Safe for concurrent use as long as no two threads hold the same image.</summary>
internal sealed partial class ComparisonFolder
{
    private readonly string _images;

    private ComparisonFolder(string images) => _images = images;

    /// <summary>Opens a folder that holds nothing, or results of the same settings. Without a file of an image it holds nothing, whatever a start that failed has left.</summary>
    /// <param name="folder">The comparison's.</param>
    /// <param name="settings">Everything that the figures of an image depend on, in one line.</param>
    /// <param name="restart">Takes away what is there.</param>
    /// <exception cref="InvalidDataException">Its results are of other settings, or its <c>images</c> is somebody else's.</exception>
    public static ComparisonFolder Open(string folder, string settings, bool restart)
    {
        string images = Path.Combine(folder, "images"), file = Path.Combine(images, "settings.txt");
        bool isOther = File.Exists(file) && File.ReadAllText(file) != settings;
        bool isEmpty = !Directory.Exists(images) || !Directory.EnumerateFiles(images, "*.json").Any(IsOwn);
        if (Directory.Exists(images) && !File.Exists(file) && Directory.EnumerateFileSystemEntries(images).FirstOrDefault() is { } foreign)
        {
            throw new InvalidDataException($"'{images}' holds files that no comparison wrote ('{Path.GetFileName(foreign)}'): name another --out.");
        }

        if (File.Exists(file) && (restart || (isOther && isEmpty)))
        {
            Clear(images);
        }

        Directory.CreateDirectory(images);
        if (File.Exists(file) && File.ReadAllText(file) is var found && found != settings)
        {
            throw new InvalidDataException($"'{folder}' holds a comparison of '{found}', this one is of '{settings}': name another --out, or take the old results away with --restart.");
        }

        WholeFile.WriteText(file, settings);
        return new ComparisonFolder(images);
    }

    /// <summary>What is known of an image; null where nothing is, or its file was cut off.</summary>
    public ComparedImage? Read(int index)
    {
        string file = PathOf(index);
        try
        {
            return File.Exists(file) ? ExplainJson.ComparedImageOf(File.ReadAllText(file)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(int index, ComparedImage image) => WholeFile.WriteText(PathOf(index), ExplainJson.Of(image));

    public void WritePicture(int index, string column, byte[] png) => WholeFile.Write(PictureOf(index, column), path => File.WriteAllBytes(path, png));

    /// <summary>Null where there is none.</summary>
    public byte[]? ReadPicture(int index, string column) => HasPicture(index, column) ? File.ReadAllBytes(PictureOf(index, column)) : null;

    public bool HasPicture(int index, string column) => File.Exists(PictureOf(index, column));

    // File by file: who keeps something else beside the results does not lose it.
    private static void Clear(string images)
    {
        foreach (string own in Directory.EnumerateFiles(images).Where(IsOwn).ToList())
        {
            File.Delete(own);
        }
    }

    private static bool IsOwn(string path) => OwnName().IsMatch(Path.GetFileName(path));

    // An image's figures or pictures, or what was left of one that was being written.
    [GeneratedRegex(@"^(\d{5,}\.(json|.+\.png)|settings\.txt)(\.[0-9a-f]{32}\.tmp)?$")]
    private static partial Regex OwnName();

    private string PathOf(int index) => Path.Combine(_images, $"{index:D5}.json");

    private string PictureOf(int index, string column) => Path.Combine(_images, $"{index:D5}.{column}.png");
}
