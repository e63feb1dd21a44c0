namespace CxrNet;

/// <summary>Finds facts about one area of a process or its machine. A backend has one for its engine.</summary>
public interface IDiagnosticProbe
{
    /// <summary>The area, for example <c>onnx</c>.</summary>
    string Area { get; }

    /// <summary>Looks. What fails while it looks is a fact; what is thrown all the same, <see cref="CxrDiagnostics.Collect"/> makes one of.</summary>
    IEnumerable<DiagnosticFact> Look();
}
