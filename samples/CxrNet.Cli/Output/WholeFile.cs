namespace CxrNet.Cli;

/// <summary>Files that appear under their names when they are complete: a run that is cut off leaves the one before.</summary>
internal static class WholeFile
{
    /// <summary>Refuses a file that an option names in a folder that is not there, before anything is computed for it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static void RequireFolder(string file, string option = "--out")
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{option} '{file}': there is no folder '{folder}'.");
        }
    }

    /// <summary>Refuses a file that would take the place of one that is read, before anything is computed for it.</summary>
    /// <param name="file">What is to be written.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="sources">What is read; null for nothing.</param>
    /// <exception cref="IOException">It is one of them.</exception>
    public static void RequireOther(string file, string option, params ReadOnlySpan<string?> sources)
    {
        foreach (string? source in sources)
        {
            if (source is not null && Path.GetFullPath(source) == Path.GetFullPath(file))
            {
                throw new IOException($"{option} '{file}' would overwrite what is read; another file was expected.");
            }
        }
    }

    /// <summary>What the unfinished file is called in a .gitignore.</summary>
    public static string TemporaryOf(string name) => name + ".*.tmp";

    /// <param name="path">Replaced where it is there.</param>
    /// <param name="write">Writes the file whose path it is given, in the same folder; where it throws, nothing is left of that file.</param>
    public static void Write(string path, Action<string> write)
    {
        // A name of its own: two runs into one folder would write into each other's file.
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));
}
