namespace CxrNet.Benchmarks;

/// <summary>What was not measured, and why: said once on the console and kept for the report.</summary>
internal static class Skips
{
    private static readonly HashSet<string> Said = new(StringComparer.Ordinal);

    /// <summary>Where the lines are kept, one process after the other.</summary>
    public static string File => Path.Combine(SuiteFolder.Path, "skipped.txt");

    public static void Add(string what, string reason)
    {
        string line = $"{what}: {reason}";
        lock (Said)
        {
            if (Said.Add(line))
            {
                Console.WriteLine($"Skipped: {line}");
                System.IO.File.AppendAllLines(File, [line]);
            }
        }
    }
}
