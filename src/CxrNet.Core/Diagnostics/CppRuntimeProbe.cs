namespace CxrNet;

/// <summary>The C++ runtime that native engines share: on Linux the most frequent reason why one of them does not load.</summary>
internal sealed class CppRuntimeProbe : IDiagnosticProbe
{
    // What libtorch 2.10 asks for; it came with GCC 13.
    private static readonly Version OfGcc13 = new(3, 4, 32);

    public string Area => "c++";

    public IEnumerable<DiagnosticFact> Look()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        if (StandardCppLibrary.FindPath() is not { } path)
        {
            yield return new DiagnosticFact(Area, "libstdc++.so.6", "not found", DiagnosticStatus.Broken, "Install the system's C++ runtime (Debian, Ubuntu: apt install libstdc++6): the native engines need it.");
            yield break;
        }

        Version? version = StandardCppLibrary.VersionOf(path);
        yield return version >= OfGcc13
            ? new DiagnosticFact(Area, "libstdc++.so.6", $"GLIBCXX_{version}, {path}")
            : new DiagnosticFact(Area, "libstdc++.so.6", $"GLIBCXX_{version}, {path}", DiagnosticStatus.Note, $"ONNX Runtime is content; libtorch 2.10 asks for GLIBCXX_{OfGcc13} (GCC 13): start with eng/libstdcxx-shim.sh of the CxrNet repository, or update libstdc++6.");
    }
}
