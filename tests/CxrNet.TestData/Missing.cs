namespace CxrNet.TestData;

/// <summary>Something that a test needs and the machine may lack.</summary>
public static class Missing
{
    private static readonly bool IsCi = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Skips the test; fails it where CI=true, since nothing is skipped silently there.</summary>
    /// <param name="what">What is missing, and how to get it.</param>
    public static void Skip(string what)
    {
        Assert.False(IsCi, $"{what} It must be there where CI=true.");
        Assert.Skip(what);
    }
}
