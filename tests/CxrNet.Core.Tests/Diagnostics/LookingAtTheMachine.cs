using System.Runtime.Intrinsics.X86;
using CxrNet.Core.Tests.Composition;
using Microsoft.Extensions.Logging;

namespace CxrNet.Core.Tests.Diagnostics;

public sealed class LookingAtTheMachine
{
    [Fact]
    public void RuntimeProcessorMemoryAndGraphicsCardAreNamed()
    {
        CxrDiagnostics diagnostics = CxrDiagnostics.Collect();
        Assert.False(diagnostics.IsBroken, diagnostics.ToString());
        Assert.Contains(Environment.Version.ToString(), Value(diagnostics, "runtime", ".NET"), StringComparison.Ordinal);
        Assert.StartsWith($"{Environment.ProcessorCount} ", Value(diagnostics, "cpu", "cores"), StringComparison.Ordinal);
        Assert.NotEqual("", Value(diagnostics, "cpu", "processor"));
        Assert.Contains("MiB", Value(diagnostics, "container", "memory"), StringComparison.Ordinal);
        Assert.Equal(Avx2.IsSupported, Value(diagnostics, "cpu", "instruction sets").Split(", ").Contains("AVX2"));
        Assert.NotEqual("", Value(diagnostics, "gpu", "NVIDIA driver"));
    }

    [Fact]
    public void TheProcessorsFlagsAreThoseThatLinuxLists()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && X86Base.IsSupported, "The flags of /proc/cpuinfo are those of x86 on Linux.");
        string[] cpuInfo = File.ReadAllLines("/proc/cpuinfo");
        string[] flags = cpuInfo.First(static l => l.StartsWith("flags", StringComparison.Ordinal)).Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] sets = [.. CpuFeatures.Names()];
        foreach ((string set, string flag) in ((string, string)[])[("AVX2", "avx2"), ("FMA", "fma"), ("AVX-VNNI", "avx_vnni"), ("AVX-512", "avx512f"), ("AVX-512 VNNI", "avx512_vnni"), ("AVX-512 BF16", "avx512_bf16"), ("AMX-INT8", "amx_int8")])
        {
            Assert.True(sets.Contains(set) == flags.Contains(flag), $"{set}: found {sets.Contains(set)}, /proc/cpuinfo has {flag} {flags.Contains(flag)}.");
        }

        Assert.Equal(cpuInfo.First(static l => l.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim(), CpuFeatures.Name);
    }

    [Theory]
    [InlineData("cpu.max", "150000 100000", 1.5, null)]
    [InlineData("cpu.max", "max 100000", null, null)]
    [InlineData("memory.max", "536870912", null, 536870912L)]
    [InlineData("memory.max", "max", null, null)]
    [InlineData("memory/memory.limit_in_bytes", "1073741824", null, 1073741824L)]
    [InlineData("memory/memory.limit_in_bytes", "9223372036854771712", null, null)]
    public void AContainersLimitsAreRead(string file, string text, double? cpus, long? bytes)
    {
        string root = Directory.CreateTempSubdirectory("cxrnet-cgroup-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "memory"));
        File.WriteAllText(Path.Combine(root, file), text + "\n");
        Assert.Equal(new ContainerLimits(cpus, bytes), ContainerLimits.Read(root));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void OfNestedGroupsTheLeastLimitCounts()
    {
        string root = Directory.CreateTempSubdirectory("cxrnet-cgroup-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "system.slice/xray.service"));
        File.WriteAllText(Path.Combine(root, "system.slice/cpu.max"), "400000 100000\n");
        File.WriteAllText(Path.Combine(root, "system.slice/memory.max"), "1000000\n");
        File.WriteAllText(Path.Combine(root, "system.slice/xray.service/cpu.max"), "200000 100000\n");
        File.WriteAllText(Path.Combine(root, "system.slice/xray.service/memory.max"), "max\n");
        Assert.Equal(new ContainerLimits(2, 1000000), ContainerLimits.Read(root, "/system.slice/xray.service"));
        Assert.Equal(new ContainerLimits(4, 1000000), ContainerLimits.Read(root, "/system.slice"));
        Assert.Equal(new ContainerLimits(null, null), ContainerLimits.Read(root, "/not/mounted/here"));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void AnOlderContainersProcessorLimitIsReadAndAdvised()
    {
        string root = Directory.CreateTempSubdirectory("cxrnet-cgroup-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "cpu"));
        File.WriteAllText(Path.Combine(root, "cpu/cpu.cfs_quota_us"), "250000\n");
        File.WriteAllText(Path.Combine(root, "cpu/cpu.cfs_period_us"), "100000\n");
        DiagnosticFact fact = new ContainerProbe(root).Look().First(static f => f.Name == "processors");
        Assert.Equal("limited to 2.5", fact.Value);
        Assert.Contains("threads to 2", fact.Advice, StringComparison.Ordinal);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void TheCppRuntimeIsTheGreatestVersionThatItsFileNames()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "x\0GLIBCXX_3.4\0GLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_DEBUG_MESSAGE_LENGTH\0GLIBCXX_3.4.21\0");
        Assert.Equal(new Version(3, 4, 30), StandardCppLibrary.VersionOf(file));
        File.WriteAllText(file, "nothing");
        Assert.Null(StandardCppLibrary.VersionOf(file));
        File.Delete(file);

        if (OperatingSystem.IsLinux())
        {
            Assert.Matches(@"^GLIBCXX_3\.4\.\d+, /.*libstdc\+\+\.so\.6", Value(CxrDiagnostics.Collect(), "c++", "libstdc++.so.6"));
        }
    }

    [Fact]
    public void LoadedLibrariesAreFoundByName()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libcoreclr.so is the runtime's name on Linux.");
        string path = Assert.Single(LoadedLibraries.Find("LIBCORECLR.so"));
        Assert.True(File.Exists(path));
        Assert.Empty(LoadedLibraries.Find("no such library"));
    }

    [Fact]
    public void AClassifierIsTriedAndDisposedOf()
    {
        ScriptedClassifier classifier = new();
        DiagnosticFact fine = Assert.Single(new ClassifierProbe("a.onnx", () => classifier).Look());
        Assert.Equal(("model", "a.onnx", DiagnosticStatus.Fine), (fine.Area, fine.Name, fine.Status));
        Assert.Contains("'scripted-1': normal, covid19", fine.Value, StringComparison.Ordinal);
        Assert.Equal(1, classifier.Disposals);

        DiagnosticFact constant = Assert.Single(new ClassifierProbe("b.onnx", static () => new ScriptedClassifier(logits: static _ => [0, 1])).Look());
        Assert.Equal(DiagnosticStatus.Broken, constant.Status);
        Assert.Contains("same logits", constant.Value, StringComparison.Ordinal);
        DiagnosticFact missing = Assert.Single(new ClassifierProbe("c.onnx", static () => throw new CxrModelException("c", "'c.onnx' cannot be read.")).Look());
        Assert.Equal((DiagnosticStatus.Broken, "'c.onnx' cannot be read."), (missing.Status, missing.Value));
    }

    [Fact]
    public void ASegmenterIsTriedToo()
    {
        DiagnosticFact fine = Assert.Single(new SegmenterProbe("lungs", static () => new ScriptedSegmenter()).Look());
        Assert.Equal(DiagnosticStatus.Fine, fine.Status);
        Assert.Contains("50 %", fine.Value, StringComparison.Ordinal);
        Assert.Equal(DiagnosticStatus.Broken, Assert.Single(new SegmenterProbe("lungs", static () => new ScriptedSegmenter(static i => new LungMask(i.Width, i.Height, new float[i.Pixels.Length]))).Look()).Status);
        Assert.Equal(DiagnosticStatus.Broken, Assert.Single(new SegmenterProbe("lungs", static () => throw new CxrModelException("l", "gone")).Look()).Status);
    }

    [Fact]
    public void WhatIsBrokenIsAWarningWhereItIsNotNeededAndASurpriseIsAFact()
    {
        Scripted broken = new(new DiagnosticFact("torch", "libtorch", "missing", DiagnosticStatus.Broken, "add it"));
        Assert.True(CxrDiagnostics.Collect(broken).IsBroken);
        CxrDiagnostics optional = CxrDiagnostics.Collect(new OptionalProbe(broken));
        Assert.False(optional.IsBroken);
        Assert.Contains("torch: libtorch: missing [Warning]\n    add it", optional.ToString(), StringComparison.Ordinal);

        CxrDiagnostics surprised = CxrDiagnostics.Collect(new Surprising());
        Assert.True(surprised.IsBroken);
        Assert.Contains("nobody expected this", Value(surprised, "surprising", "diagnosis"), StringComparison.Ordinal);
        Assert.Equal("seen before", Value(surprised, "surprising", "first"));
    }

    [Fact]
    public void AnApplicationLogsThemAtItsStart()
    {
        List<(LogLevel Level, string Text)> lines = [];
        CxrDiagnostics.Collect(new Scripted(new("a", "b", "c"), new("a", "d", "e", DiagnosticStatus.Note, "f"), new("a", "g", "h", DiagnosticStatus.Warning), new("a", "i", "j", DiagnosticStatus.Broken, "k"))).Log(new Lines(lines));
        Assert.Equal([(LogLevel.Information, "a: b: c"), (LogLevel.Information, "a: d: e (f)"), (LogLevel.Warning, "a: g: h"), (LogLevel.Error, "a: i: j (k)")], lines.Where(static l => l.Text.StartsWith("a:", StringComparison.Ordinal)));
        Assert.Contains(lines, static l => l.Text.StartsWith("runtime: .NET: ", StringComparison.Ordinal));
    }

    private static string Value(CxrDiagnostics diagnostics, string area, string name) => diagnostics.Facts.First(f => f.Area == area && f.Name == name).Value;

    private sealed class Scripted(params DiagnosticFact[] facts) : IDiagnosticProbe
    {
        public string Area => facts[0].Area;

        public IEnumerable<DiagnosticFact> Look() => facts;
    }

    private sealed class Surprising : IDiagnosticProbe
    {
        public string Area => "surprising";

        public IEnumerable<DiagnosticFact> Look()
        {
            yield return new DiagnosticFact(Area, "first", "seen before");
            throw new InvalidOperationException("nobody expected this");
        }
    }

    private sealed class Lines(List<(LogLevel Level, string Text)> written) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => written.Add((logLevel, formatter(state, exception)));
    }
}
