namespace CxrNet.Cli.Tests;

/// <summary>An option that changes nothing is a mistake, and silence would hide it.</summary>
public sealed class AskingForWhatWouldBePassedOver
{
    [Theory]
    [InlineData("--percentile has no meaning without --method percentile", "quantize", "--images", "x", "--out", "y.onnx", "--percentile", "99.9")]
    [InlineData("--split has no meaning with --images", "quantize", "--images", "x", "--out", "y.onnx", "--split", "val")]
    [InlineData("--limit has no meaning with --phantom", "compare", "--phantom", "4", "--limit", "2")]
    [InlineData("--split has no meaning without a CSV manifest", "compare", "xrays", "--split", "val")]
    [InlineData("--limit has no meaning with --phantom", "compare-maps", "--phantom", "4", "--limit", "2", "--out", "o")]
    [InlineData("--split has no meaning with --phantom", "randomize", "--phantom", "4", "--split", "val", "--out", "o")]
    [InlineData("--model has no meaning with --card", "calibrate", "s.csv", "--model", "m.onnx", "--card", "c.json", "--out", "o.json")]
    [InlineData("'--jsn' is no option of 'check'", "card", "check", "m.onnx", "--jsn")]
    [InlineData("'--forse' is no option of 'init'", "card", "init", "--forse")]
    public void TheOptionIsNamed(string message, params string[] args)
    {
        CliResult result = Cli.Run(args);
        Assert.Contains(message, result.OneError(), StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }
}
