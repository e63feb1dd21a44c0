namespace CxrNet.Abstractions.Tests.Explanation;

public sealed class NamingATarget
{
    [Fact]
    public void TheDefaultIsTheTopFinding()
    {
        Assert.Equal(ExplanationTarget.Top, default);
        Assert.Null(ExplanationTarget.Top.Finding);
    }

    [Fact]
    public void AStringIsATarget()
    {
        ExplanationTarget target = "covid19";

        Assert.Equal(new ExplanationTarget("covid19"), target);
    }
}
