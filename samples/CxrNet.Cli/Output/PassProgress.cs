namespace CxrNet.Cli;

/// <summary>The forward passes of a slow method on a line of progress.</summary>
internal sealed class PassProgress(ProgressLine line) : IProgress<ExplanationProgress>
{
    public void Report(ExplanationProgress value) => line.Report(value.Done, value.Total, null);
}
