namespace CxrNet.Core.Tests.Phantoms;

public sealed class NamingPhantomClasses
{
    [Theory]
    [InlineData(PhantomClass.Normal, "normal")]
    [InlineData(PhantomClass.BacterialPneumonia, "bacterial_pneumonia")]
    [InlineData(PhantomClass.ViralPneumonia, "viral_pneumonia")]
    [InlineData(PhantomClass.Covid19, "covid19")]
    public void TheNamesAreThoseOfTheFindings(PhantomClass phantomClass, string name)
    {
        Assert.Equal(name, phantomClass.FindingName());
        Assert.Equal(phantomClass, PhantomClasses.Parse(name));
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheKnownOnes()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => PhantomClasses.Parse("covid"));

        Assert.Contains("'covid'", e.Message, StringComparison.Ordinal);
        Assert.Contains("viral_pneumonia", e.Message, StringComparison.Ordinal);
    }
}
