namespace CxrNet.Cli.Tests;

public sealed class TryingOneByOne
{
    [Fact]
    public void OneImageThatIsRefusedCostsThatImage()
    {
        List<int> used = [];
        List<(int, string)> refused = [];
        OneByOne.Try<int>([1, 2, 3], some =>
        {
            if (some.Contains(2))
            {
                throw new CxrModelException("m", $"{some.Count} with a 2");
            }

            used.AddRange(some);
        }, (one, error) => refused.Add((one, error.Message)));

        Assert.Equal([1, 3], used);
        Assert.Equal([(2, "1 with a 2")], refused);
    }

    [Fact]
    public void AnythingElseEndsTheBatch() =>
        Assert.Throws<IOException>(() => OneByOne.Try<int>([1, 2], static _ => throw new IOException(), static (_, _) => { }));
}
