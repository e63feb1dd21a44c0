namespace CxrNet.Cli;

/// <summary>Names for the files written beside each other: the image's name, with its extension or a number where two images share it.</summary>
internal sealed class OutputNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    public string For(string file)
    {
        string whole = Path.GetFileName(file);
        string stem = Path.GetFileNameWithoutExtension(file);
        foreach (string name in new[] { stem, whole })
        {
            if (_taken.Add(name))
            {
                return name;
            }
        }

        int number = 2;
        while (!_taken.Add($"{whole}.{number}"))
        {
            number++;
        }

        return $"{whole}.{number}";
    }
}
