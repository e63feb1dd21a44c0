namespace CxrNet.Cli;

/// <summary>What doctor or a check of a card found.</summary>
internal sealed record DoctorLine(bool Broken, IReadOnlyList<FactLine> Facts)
{
    public static DoctorLine From(IReadOnlyList<DiagnosticFact> facts) => new(
        facts.Any(static f => f.Status == DiagnosticStatus.Broken),
        [.. facts.Select(static f => new FactLine(f.Area, f.Name, f.Value, f.Status.ToString().ToLowerInvariant(), f.Advice))]);
}

/// <summary>One fact; the status is fine, note, warning or broken.</summary>
internal sealed record FactLine(string Area, string Name, string Value, string Status, string? Advice);
