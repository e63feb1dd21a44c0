namespace CxrNet.Docs.Tests;

/// <summary>The mechanism itself: what is wrong on a page is found, and said with the page's own line.</summary>
public sealed class TellingAWrongBlock
{
    [Fact]
    public void AMethodThatIsNotThereIsNamedWithItsLine()
    {
        Exception error = Assert.ThrowsAny<Exception>(() => new BlockProgram(Of("GrayImage plane = image;\nplane.Sharpen();")).Compile());
        Assert.Contains("README.md:7: this block does not compile", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 8: CS1061", error.Message, StringComparison.Ordinal);
        Assert.Contains("Given.cs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMarkerNeedsAReason()
    {
        Assert.Contains("gives no reason", Assert.ThrowsAny<Exception>(() => Marker.Parse("<!-- not run -->", "docs/none.md", 6)).Message, StringComparison.Ordinal);
        Assert.Equal(new Marker(true, false), Marker.Parse("<!-- not run: it is a server and never ends -->", "docs/none.md", 6));
        Assert.Equal(new Marker(false, false), Marker.Parse("<!-- not compiled: the package is not free -->", "docs/none.md", 6));
        Assert.Equal(new Marker(true, true), Marker.Parse("A sentence.", "docs/none.md", 6));
    }

    [Fact]
    public void AnOptionThatIsNotThereIsNamed() => Assert.Contains("--sharpen", CommandLine.Problem("cxrnet classify chest.png --sharpen"), StringComparison.Ordinal);

    [Fact]
    public void ARightCommandHasNoProblem() => Assert.Null(CommandLine.Problem("cxrnet classify chest.png --json    # a remark"));

    private static Block Of(string text) => new("README.md", 7, "csharp", text, new Marker(true, true));
}
