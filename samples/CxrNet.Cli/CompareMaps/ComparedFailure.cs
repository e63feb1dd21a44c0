namespace CxrNet.Cli;

/// <summary>One method that failed on one image.</summary>
/// <param name="Seconds">What the attempt took.</param>
/// <param name="Reason">In one line.</param>
internal sealed record ComparedFailure(double Seconds, string Reason);
