namespace CxrNet.Cli.Tests;

/// <summary>Small comparisons of maps, for tests that need no command line.</summary>
internal static class ComparisonRequests
{
    public static CompareMapsRequest OfPhantoms(Cli cli) => new()
    {
        Model = new ModelChoice(cli.Model, "onnx", 1, 16),
        Split = "test",
        Limit = 200,
        Phantoms = 4,
        Methods = "network",
        Folder = cli.Path("out"),
        Steps = 4,
        Masks = 1000,
        Seed = 1,
        Pictures = 1,
    };
}
