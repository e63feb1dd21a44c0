using System.Diagnostics;
using System.Globalization;

namespace CxrNet.Cli;

/// <summary>How far a long run is, on stderr: on a terminal one line from the third second on; in a log a line every ten seconds; with --quiet nothing.</summary>
/// <param name="error">stderr.</param>
/// <param name="what">What is done, in the past tense.</param>
/// <param name="total">How many there are.</param>
/// <param name="silence">How long nothing is said; 2 seconds on a terminal, 10 in a log where null.</param>
internal sealed class ProgressLine(TextWriter error, string what, int total, TimeSpan? silence = null) : IDisposable
{
    private readonly bool _terminal = Terminal.Shows(error);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan? _next;
    private readonly Lock _lock = new();
    private int? _before;
    private bool _shown;

    /// <summary>Tells how many are done.</summary>
    public void Report(int done) => Report(done, total, null);

    /// <summary>The same where the total changes on the way, and the time that is left is known better than from the rate. Safe for concurrent use.</summary>
    public void Report(int done, int total, TimeSpan? known)
    {
        lock (_lock)
        {
            Show(done, total, known);
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_shown && _terminal)
        {
            error.Write($"\r{"",-60}\r");
        }
    }

    private void Show(int done, int total, TimeSpan? known)
    {
        TimeSpan elapsed = _clock.Elapsed;
        _before ??= known is null ? 0 : done - 1;   // what an earlier run left says nothing of this one's rate
        _next ??= silence ?? TimeSpan.FromSeconds(_terminal ? 2 : 10);
        if (elapsed < _next || done == 0 || done >= total || error is QuietError)
        {
            return;
        }

        _next = elapsed + TimeSpan.FromSeconds(_terminal ? 0.2 : 10);
        _shown = true;
        double rate = (done - _before.Value) / elapsed.TotalSeconds;
        TimeSpan left = known ?? TimeSpan.FromSeconds((total - done) / rate);
        string line = string.Create(CultureInfo.InvariantCulture, $"{what}: {done}/{total}, {rate:F1}/s, {(int)left.TotalMinutes}:{left.Seconds:D2} left");
        error.Write(_terminal ? $"\r{line,-60}" : line + Environment.NewLine);
    }
}
