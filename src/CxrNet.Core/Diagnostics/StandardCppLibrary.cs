using System.Text;

namespace CxrNet;

/// <summary>The C++ runtime of this process.</summary>
internal static class StandardCppLibrary
{
    private const string File = "libstdc++.so.6";

    /// <summary>The path of the one that is loaded, or that would be; null where there is none.</summary>
    public static string? FindPath()
    {
        if (LoadedLibraries.Find(File) is [var loaded, ..])
        {
            return loaded;
        }

        return System.Runtime.InteropServices.NativeLibrary.TryLoad(File, out _) && LoadedLibraries.Find(File) is [var now, ..] ? now : null;
    }

    /// <summary>The greatest GLIBCXX version that a library defines, read from its file: version names stand in it as plain text.</summary>
    public static Version? VersionOf(string path)
    {
        string text = Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(path));
        Version? greatest = null;
        for (int at = text.IndexOf("GLIBCXX_", StringComparison.Ordinal); at >= 0; at = text.IndexOf("GLIBCXX_", at + 1, StringComparison.Ordinal))
        {
            int start = at + "GLIBCXX_".Length, end = start;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            {
                end++;
            }

            if (Version.TryParse(text.AsSpan(start, end - start), out Version? version) && (greatest is null || version > greatest))
            {
                greatest = version;
            }
        }

        return greatest;
    }
}
