namespace CxrNet.Cli;

/// <summary>A folder for pictures of patients, which git is told of before the first one is written.</summary>
internal static class IgnoredFolder
{
    private const string Everything = "*";

    /// <summary>Makes the folder. A .gitignore that is there stays as it is, but for lines that name the files.</summary>
    /// <param name="folder">May hold other things, even a repository.</param>
    /// <param name="files">What will be written there.</param>
    public static void Create(string folder, params ReadOnlySpan<string> files)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, ".gitignore");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, $"# Pictures of patients: this folder is never committed.\n{Everything}\n");
            return;
        }

        string text = File.ReadAllText(path);
        HashSet<string> lines = [.. text.Split('\n', StringSplitOptions.TrimEntries)];
        List<string> missing = [];
        foreach (string file in files)
        {
            if (!lines.Contains(Everything) && !lines.Contains("/" + file))
            {
                missing.Add("/" + file);
            }
        }

        if (missing.Count > 0)
        {
            File.AppendAllText(path, (text.Length > 0 && !text.EndsWith('\n') ? "\n" : "") + "# Pictures of patients.\n" + string.Join('\n', missing) + "\n");
        }
    }
}
