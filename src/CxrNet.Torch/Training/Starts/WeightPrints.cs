using System.Security.Cryptography;

namespace CxrNet.Torch.Training;

/// <summary>What the files that a run starts from and is taught by are known by: their content, not their paths, so that a path may be written another way and a file may move.</summary>
internal static class WeightPrints
{
    /// <summary>SHA-256 of <see cref="TrainingOptions.InitialWeights"/> and of <see cref="TrainingOptions.InitialMap"/>, where there are any, then of each of <see cref="TrainingOptions.Teachers"/>.</summary>
    public static IReadOnlyList<string> Of(TrainingOptions options) => [.. Files(options).Select(static named => Sha256(named.File))];

    /// <summary>Refuses a file that is not there.</summary>
    /// <exception cref="ArgumentException">The message names option and file.</exception>
    public static void RequireFiles(TrainingOptions options)
    {
        foreach ((string name, string file) in Files(options))
        {
            if (!File.Exists(file))
            {
                throw new ArgumentException($"{name}: there is no file '{file}'; a file of weights is expected.", nameof(options));
            }
        }
    }

    /// <summary>The first file that is another one, for an error, or null.</summary>
    /// <param name="there">The options of the run that goes on.</param>
    /// <param name="prints">What <see cref="Of"/> gave then; null in a checkpoint of before it was kept, where full paths are compared.</param>
    /// <param name="here">The options that are asked for now.</param>
    public static string? DifferenceTo(TrainingOptions there, IReadOnlyList<string>? prints, TrainingOptions here)
    {
        (string Name, string File)[] theirs = Files(there), mine = Files(here);
        if (!theirs.Select(static named => named.Name).SequenceEqual(mine.Select(static named => named.Name)) || (prints is not null && prints.Count != theirs.Length))
        {
            return $"{nameof(TrainingOptions.InitialWeights)}, {nameof(TrainingOptions.InitialMap)} and {nameof(TrainingOptions.Teachers)} are {Listed(theirs)} there, {Listed(mine)} here";
        }

        for (int i = 0; i < mine.Length; i++)
        {
            bool same = prints is null ? Path.GetFullPath(theirs[i].File) == Path.GetFullPath(mine[i].File) : prints[i] == Sha256(mine[i].File);
            if (!same)
            {
                return $"{mine[i].Name} is '{theirs[i].File}' there{(prints is null ? "" : $" (SHA-256 {prints[i]})")}, '{mine[i].File}' here{(prints is null ? "" : $" (SHA-256 {Sha256(mine[i].File)})")}";
            }
        }

        return null;
    }

    private static (string Name, string File)[] Files(TrainingOptions options) =>
        [.. Given(nameof(options.InitialWeights), options.InitialWeights), .. Given(nameof(options.InitialMap), options.InitialMap), .. options.Teachers.Select(static file => (nameof(options.Teachers), file))];

    private static (string Name, string File)[] Given(string name, string? file) => file is null ? [] : [(name, file)];

    private static string Listed((string Name, string File)[] files) => files.Length == 0 ? "none" : string.Join(", ", files.Select(static named => $"{named.Name} '{named.File}'"));

    private static string Sha256(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
