using System.Text.RegularExpressions;

namespace CxrNet.Cli.Tests;

/// <summary>The grid of a comparison's page.</summary>
public sealed partial class ShowingPictures : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory, InlineData("1"), InlineData("3")]
    public void AnImageThatCannotBeReadTakesNoRow(string parallel)
    {
        string manifest = _cli.TwoClasses(4);
        _cli.Write("0.png", [1, 2, 3]);
        CliResult result = Compare(manifest, "--pictures", "1", "--parallel", parallel);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["covid19", "normal"], Labels().Order());
    }

    [Fact]
    public void MoreThatAreAskedForLaterAreDrawn()
    {
        string manifest = _cli.TwoClasses(6);
        Assert.Equal(0, Compare(manifest, "--pictures", "1").ExitCode);
        Assert.Equal(2, Labels().Length);
        Assert.Equal(0, Compare(manifest, "--pictures", "3").ExitCode);
        Assert.Equal(6, Labels().Length);
        Assert.Equal(6 * 3, Page().Split("data:image/png;base64,").Length - 1);

        // Fewer are fewer, though the others lie in the folder.
        Assert.Equal(0, Compare(manifest, "--pictures", "1").ExitCode);
        Assert.Equal(2, Labels().Length);
    }

    private CliResult Compare(string manifest, params string[] more) =>
        Cli.Run(["compare-maps", "--data", manifest, "--methods", "network,random", "--target", "covid19", "--steps", "4", "--out", _cli.Path("out"), "--model", _cli.Model, .. more]);

    private string Page() => File.ReadAllText(_cli.Path("out/maps.html"));

    private string[] Labels() => [.. Row().Matches(Page()).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"<th scope=""row"">\d+\. (\w+)")]
    private static partial Regex Row();
}
