namespace CxrNet.Cli;

/// <summary>What several threads have to say on stderr, each text once: an image that is taken up again has the same fault again. Safe for concurrent use.</summary>
/// <param name="error">stderr.</param>
internal sealed class Messages(TextWriter error)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    /// <summary>What was warned of until now, for the page.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lock)
            {
                return [.. _warnings];
            }
        }
    }

    /// <summary>What went wrong: --quiet does not hide it.</summary>
    public void Error(string text) => Say("error: " + text, isRemark: false);

    /// <summary>What is not as it was asked for, though the run goes on: --quiet does not hide it.</summary>
    public void Warning(string text)
    {
        lock (_lock)
        {
            if (Say("warning: " + text, isRemark: false))
            {
                _warnings.Add(text);
            }
        }
    }

    /// <summary>A remark for people.</summary>
    public void Remark(string text) => Say(text, isRemark: true);

    private bool Say(string text, bool isRemark)
    {
        lock (_lock)
        {
            if (!_said.Add(text))
            {
                return false;
            }

            if (isRemark)
            {
                QuietError.Remark(error, text);
            }
            else
            {
                error.WriteLine(text);
            }

            return true;
        }
    }
}
