namespace CxrNet.Imaging.Tests.Diagnostics;

public sealed class LookingAtTheCodec
{
    [Fact]
    public void TheLoadedLibraryIsNamedWithItsPlaceAndFontsAreCounted()
    {
        DiagnosticFact[] facts = [.. new ImagingProbe().Look()];
        Assert.Equal(["SkiaSharp", "fonts"], facts.Select(static f => f.Name));
        Assert.Equal(DiagnosticStatus.Fine, facts[0].Status);
        string path = facts[0].Value[(facts[0].Value.IndexOf(", ", StringComparison.Ordinal) + 2)..];
        Assert.True(File.Exists(path), path);
        Assert.Matches(@"^\d+ families$", facts[1].Value);
    }
}
