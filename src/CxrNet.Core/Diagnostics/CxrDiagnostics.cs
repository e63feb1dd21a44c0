using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>What CxrNet finds in a process and on its machine: to be logged when an application starts, or read when something is slow or missing.</summary>
/// <remarks>Immutable. It names files of the machine, and nothing of a patient.</remarks>
public sealed record CxrDiagnostics
{
    private CxrDiagnostics(IReadOnlyList<DiagnosticFact> facts) => Facts = facts;

    /// <summary>The facts, area by area.</summary>
    public IReadOnlyList<DiagnosticFact> Facts { get; }

    /// <summary>Whether anything that is needed does not work.</summary>
    public bool IsBroken => Facts.Any(static f => f.Status == DiagnosticStatus.Broken);

    /// <summary>Looks at the runtime, the processor, the container, the C++ runtime and the graphics card, and then by further probes.</summary>
    /// <param name="probes">For example <c>OnnxProbe</c>, <c>TorchProbe</c>, <c>ImagingProbe</c> and <see cref="ClassifierProbe"/>, in the order in which they are to look.</param>
    public static CxrDiagnostics Collect(params IReadOnlyList<IDiagnosticProbe> probes)
    {
        ArgumentNullException.ThrowIfNull(probes);

        // The C++ runtime last: the engines bring it into the process, and then the loaded one can be named.
        IDiagnosticProbe[] all = [new RuntimeProbe(), new CpuProbe(), new ContainerProbe(), new GpuProbe(), .. probes, new CppRuntimeProbe()];
        return new CxrDiagnostics([.. all.SelectMany(Look)]);
    }

    /// <summary>Writes each fact: notes and what is fine as Information, the rest as Warning and Error with its advice.</summary>
    /// <param name="logger">Where to.</param>
    public void Log(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        foreach (DiagnosticFact fact in Facts)
        {
            string advice = fact.Advice is null ? "" : $" ({fact.Advice})";
            LogLevel level = LevelOf(fact.Status);
            logger.Fact(level, fact.Area, fact.Name, fact.Value, advice);
        }
    }

    /// <summary>One line a fact, and its advice below it.</summary>
    public override string ToString() =>
        string.Join('\n', Facts.Select(static f => $"{f.Area}: {f.Name}: {f.Value}{(f.Status >= DiagnosticStatus.Warning ? $" [{f.Status}]" : "")}{(f.Advice is null ? "" : $"\n    {f.Advice}")}"));

    private static LogLevel LevelOf(DiagnosticStatus status) => status switch
    {
        DiagnosticStatus.Broken => LogLevel.Error,
        DiagnosticStatus.Warning => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private static IReadOnlyList<DiagnosticFact> Look(IDiagnosticProbe probe)
    {
        List<DiagnosticFact> facts = [];
        try
        {
            foreach (DiagnosticFact fact in probe.Look())
            {
                facts.Add(fact);
            }
        }
        catch (Exception e)
        {
            // A diagnosis that ends at the first surprise would be no help.
            facts.Add(new DiagnosticFact(probe.Area, "diagnosis", $"failed: {e.Message.ReplaceLineEndings(" ")}", probe is OptionalProbe ? DiagnosticStatus.Warning : DiagnosticStatus.Broken, $"{e.GetType().Name} is not expected here; please report it."));
        }

        return facts;
    }
}
