using CxrNet.Conformance;

namespace CxrNet.Torch.Tests.Diagnostics;

public sealed class LookingAtLibtorch
{
    [Fact]
    public void TheLoadedLibraryIsNamedWithItsPlaceAndVersion()
    {
        DiagnosticFact[] facts = [.. new TorchProbe().Look()];
        DiagnosticFact library = facts.Single(static f => f.Name == "libtorch");
        Assert.Equal(DiagnosticStatus.Fine, library.Status);
        Assert.Matches(@"^\d+\.\d+\.\d+", library.Value);
        string path = library.Value[(library.Value.IndexOf(", ", StringComparison.Ordinal) + 2)..];
        Assert.True(File.Exists(path), path);
        Assert.Contains(facts, static f => f.Name == "CUDA");
        Assert.DoesNotContain(facts, static f => f.Status == DiagnosticStatus.Broken);
    }

    [Fact]
    public void AModelIsTriedOnIt() =>
        Assert.Equal(DiagnosticStatus.Fine, Assert.Single(new ClassifierProbe("tiny", static () => Composition.Tiny.Classifier(ConformanceCards.Classifier)).Look()).Status);
}
