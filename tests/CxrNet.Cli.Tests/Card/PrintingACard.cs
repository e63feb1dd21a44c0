using CxrNet.Conformance;

namespace CxrNet.Cli.Tests;

public sealed class PrintingACard
{
    [Fact]
    public void ForPeopleItNamesFindingsAndInput()
    {
        using Cli cli = new();
        CliResult result = Cli.Run("card", cli.Model);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(ConformanceCards.Classifier.Id, result.Output, StringComparison.Ordinal);
        Assert.Contains("covid19, positive from 0.2", result.Output, StringComparison.Ordinal);
        Assert.Contains("32 x 32", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AsJsonItIsTheCardItself()
    {
        using Cli cli = new();
        Assert.Equal(ConformanceCards.Classifier.ToJson().ReplaceLineEndings(), Cli.Run("card", cli.Model, "--json").Output.Trim().ReplaceLineEndings());
    }

    [Fact]
    public void AFileWithoutOneIsNamed()
    {
        using Cli cli = new();
        string file = cli.Write("letter.onnx", "This is a letter."u8.ToArray());
        Assert.Contains(file, Cli.Run("card", file).OneError(), StringComparison.Ordinal);
        string tensors = cli.Write("letter.safetensors", "This is a letter."u8.ToArray());
        Assert.Contains(tensors, Cli.Run("card", tensors).OneError(), StringComparison.Ordinal);
    }
}
