namespace CxrNet.WebViewer.Api;

/// <summary>How the server is.</summary>
/// <param name="Status">Healthy or Unhealthy.</param>
/// <param name="Checks">Each check in a sentence.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Checks);
