using System.Diagnostics;
using System.Globalization;
using CxrNet.Torch.Training;

namespace CxrNet.Cli;

/// <summary>A training as it goes: on stderr a line that moves, or in a log one a minute; on stdout a line for each epoch.</summary>
/// <param name="output">stdout.</param>
/// <param name="error">stderr; under --quiet nothing but the epochs is said.</param>
/// <param name="silence">How long a log hears nothing within an epoch; a minute where null.</param>
internal sealed class TrainingReport(TextWriter output, TextWriter error, TimeSpan? silence = null) : IProgress<TrainingProgress>
{
    private readonly bool _terminal = Terminal.Shows(error);
    private readonly TimeSpan _silence = silence ?? TimeSpan.FromMinutes(1);
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public void Report(TrainingProgress value)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{value.Phase} epoch {value.Epoch}/{value.Epochs}");
        if (value.Validation is { } v)
        {
            string figures = string.Join(", ", v.Values.Select(static figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key.Replace('_', ' ')} {figure.Value:F3}")));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place}: loss {value.Loss:F4}, {value.ImagesPerSecond:F0} images/s; val {figures}"));
            _clock.Restart();
        }
        else if (error is not QuietError && (_terminal || _clock.Elapsed >= _silence))
        {
            string line = string.Create(CultureInfo.InvariantCulture, $"{place}, step {value.Step}/{value.Steps}: loss {value.Loss:F4}, {value.ImagesPerSecond:F1} images/s, loading {value.LoaderShare * 100:F0} %, {value.Remaining:h\\:mm\\:ss} left");
            error.Write(_terminal ? $"\r{line}   " : line + Environment.NewLine);
            _clock.Restart();
        }
    }
}
