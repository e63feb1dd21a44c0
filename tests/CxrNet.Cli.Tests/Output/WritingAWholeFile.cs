namespace CxrNet.Cli.Tests;

public sealed class WritingAWholeFile
{
    [Fact]
    public void AFailureLeavesTheFileBeforeAndNothingElse()
    {
        using Cli cli = new();
        string path = cli.Path("page.html");
        WholeFile.WriteText(path, "before");
        Assert.Throws<InvalidDataException>(() => WholeFile.Write(path, temporary =>
        {
            File.WriteAllText(temporary, "half");
            throw new InvalidDataException();
        }));
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(cli.Path("."), "page.html*").Select(Path.GetFullPath));
    }

    [Fact]
    public void TwoWritersDoNotMeetInOneFile()
    {
        using Cli cli = new();
        string path = cli.Path("page.html");
        WholeFile.Write(path, outer =>
        {
            WholeFile.Write(path, inner => File.WriteAllText(inner, "inner"));
            File.WriteAllText(outer, "outer");
        });
        Assert.Equal("outer", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(cli.Path("."), "page.html*"));
    }
}
