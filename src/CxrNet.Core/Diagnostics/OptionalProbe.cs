namespace CxrNet;

/// <summary>A probe of something that the application does not need: what is broken there is a warning.</summary>
public sealed class OptionalProbe : IDiagnosticProbe
{
    private readonly IDiagnosticProbe _inner;

    /// <summary>Wraps a probe.</summary>
    /// <param name="inner">The probe.</param>
    public OptionalProbe(IDiagnosticProbe inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
    }

    /// <inheritdoc/>
    public string Area => _inner.Area;

    /// <inheritdoc/>
    public IEnumerable<DiagnosticFact> Look() =>
        _inner.Look().Select(static fact => fact.Status == DiagnosticStatus.Broken ? fact with { Status = DiagnosticStatus.Warning } : fact);
}
