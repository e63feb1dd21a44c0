namespace CxrNet.Onnx.Tests;

internal static class Refusal
{
    /// <summary>The one line of the error that a load ends in.</summary>
    public static string Of(Action load)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(load);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
