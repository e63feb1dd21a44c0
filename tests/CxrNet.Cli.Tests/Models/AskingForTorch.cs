namespace CxrNet.Cli.Tests;

/// <summary>This build has no libtorch: each command that needs it says in a line how to get it.</summary>
public sealed class AskingForTorch
{
    [Fact]
    public void ClassifyingWithItSaysHowToGetIt()
    {
        using Cli cli = new();
        Assert.Contains("-p:WithTorch=true", Cli.Run("classify", cli.Phantom("a.png"), "--model", cli.Model, "--backend", "torch").OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void LayersOfItsCamsSayHowToGetIt()
    {
        using Cli cli = new();
        Assert.Contains("-p:WithTorch=true", Cli.Run("explain", cli.Phantom("a.png"), "--model", cli.Model, "--layers", "encoder.levels.2", "--out", cli.Path("maps")).OneError(), StringComparison.Ordinal);
    }

    [Fact]
    public void ExportingSaysHowToGetIt()
    {
        using Cli cli = new();
        Assert.Contains("-p:WithTorch=true", Cli.Run("export", cli.Path("run"), "--out", cli.Path("model.onnx")).OneError(), StringComparison.Ordinal);
    }
}
