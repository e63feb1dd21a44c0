using System.Diagnostics;

namespace CxrNet.Cli.Tests;

public sealed class CompletingALine
{
    [Theory]
    [InlineData("comp", "compare,compare-maps,completion")]
    [InlineData("phantom --class ", "bacterial_pneumonia,covid19,normal,viral_pneumonia")]
    [InlineData("classify --overl", "--overlay")]
    [InlineData("evaluate --task ", "classify,lungs")]
    public void TabOffersWhatMayStandThere(string line, string expected)
    {
        CliResult result = Cli.Run($"[suggest:{line.Length}]", line);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(expected.Split(','), result.Lines.Order(StringComparer.Ordinal));
    }

    [Theory, InlineData("bash"), InlineData("zsh"), InlineData("pwsh"), InlineData("fish")]
    public void EachShellHasAScriptThatAsksTheProgram(string shell)
    {
        CliResult result = Cli.Run("completion", shell);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("[suggest:", result.Output, StringComparison.Ordinal);
        Assert.Contains("cxrnet", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherShellIsRefusedWithThoseThatThereAre()
    {
        CliResult result = Cli.Run("completion", "cmd");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("fish", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void BashItselfCompletes()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        string program = Path.Combine(AppContext.BaseDirectory, "CxrNet.Cli.dll");
        string script = $$"""
            cxrnet() { dotnet '{{program}}' "$@"; }
            {{Cli.Run("completion", "bash").Output}}
            COMP_LINE='cxrnet phantom --cl' COMP_POINT=19 COMP_CWORD=2
            COMP_WORDS=(cxrnet phantom --cl)
            _cxrnet_complete
            echo "${COMPREPLY[*]}"
            """;
        ProcessStartInfo start = new("/bin/bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process bash = Process.Start(start)!;
        Assert.Equal("--class", bash.StandardOutput.ReadToEnd().Trim());
    }
}
