namespace CxrNet.Cli;

/// <summary>Files that appear under their names when they are complete: a run that is cut off leaves the one before.</summary>
internal static class WholeFile
{
    /// <param name="path">Replaced where it is there.</param>
    /// <param name="write">Writes the file whose path it is given, in the same folder.</param>
    public static void Write(string path, Action<string> write)
    {
        string temporary = path + ".tmp";
        write(temporary);
        File.Move(temporary, path, overwrite: true);
    }

    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));
}
