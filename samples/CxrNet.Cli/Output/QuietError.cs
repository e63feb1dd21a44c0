using System.CommandLine;
using System.Text;

namespace CxrNet.Cli;

/// <summary>stderr under --quiet: errors go through, and whoever would write progress or a remark asks whether it is this one.</summary>
internal sealed class QuietError(TextWriter error) : TextWriter(error.FormatProvider)
{
    private const string Name = "--quiet";

    /// <summary>An option of the program and of each command.</summary>
    public static Option<bool> CreateOption() => new(Name, "-q") { Description = "No progress and no remarks: results and errors only.", Recursive = true };

    public override Encoding Encoding => error.Encoding;

    /// <summary>Whether a command line has the option.</summary>
    public static bool IsAsked(ParseResult parsed) => parsed.GetValue<bool>(Name);

    /// <summary>A remark for people on stderr.</summary>
    public static void Remark(TextWriter error, string text)
    {
        if (error is not QuietError)
        {
            error.WriteLine(text);
        }
    }

    public override void Write(char value) => error.Write(value);

    public override void Write(string? value) => error.Write(value);

    public override void WriteLine(string? value) => error.WriteLine(value);

    public override void Flush() => error.Flush();
}
