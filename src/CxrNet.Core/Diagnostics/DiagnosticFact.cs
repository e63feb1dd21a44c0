namespace CxrNet;

/// <summary>One thing that was found out about the process and the machine that it runs on.</summary>
/// <param name="Area">For example <c>cpu</c> or <c>onnx</c>.</param>
/// <param name="Name">What it is, for example <c>native library</c>.</param>
/// <param name="Value">What was found, in one line.</param>
/// <param name="Status">What it means.</param>
/// <param name="Advice">What to do about it, in one line; null where there is nothing to do.</param>
public sealed record DiagnosticFact(string Area, string Name, string Value, DiagnosticStatus Status = DiagnosticStatus.Fine, string? Advice = null);
