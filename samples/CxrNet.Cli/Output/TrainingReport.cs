using System.Globalization;
using CxrNet.Torch.Training;

namespace CxrNet.Cli;

/// <summary>A training as it goes: a line that moves on stderr, a line for each epoch on stdout.</summary>
internal sealed class TrainingReport(TextWriter output, TextWriter error) : IProgress<TrainingProgress>
{
    private readonly bool _terminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;

    public void Report(TrainingProgress value)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{value.Phase} epoch {value.Epoch}/{value.Epochs}");
        if (value.Validation is { } v)
        {
            string figures = string.Join(", ", v.Values.Select(static figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key.Replace('_', ' ')} {figure.Value:F3}")));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place}: loss {value.Loss:F4}, {value.ImagesPerSecond:F0} images/s; val {figures}"));
        }
        else if (_terminal)
        {
            error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{place}, step {value.Step}/{value.Steps}: loss {value.Loss:F4}, {value.ImagesPerSecond:F0} images/s, loading {value.LoaderShare:P0}, {value.Remaining:h\\:mm\\:ss} left   "));
        }
    }
}
