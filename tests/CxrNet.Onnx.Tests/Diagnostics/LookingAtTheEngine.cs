using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx.Tests.Diagnostics;

public sealed class LookingAtTheEngine
{
    [Fact]
    public void TheLoadedLibraryIsNamedWithItsPlaceAndVersion()
    {
        DiagnosticFact library = new OnnxProbe().Look().First(static f => f.Name == "native library");
        Assert.Equal(DiagnosticStatus.Fine, library.Status);
        Assert.StartsWith(OrtEnv.Instance().GetVersionString() + ", ", library.Value, StringComparison.Ordinal);
        string path = library.Value[(library.Value.IndexOf(", ", StringComparison.Ordinal) + 2)..];
        Assert.True(File.Exists(path), path);
        Assert.Contains("onnxruntime", Path.GetFileName(path), StringComparison.Ordinal);
    }

    [Fact]
    public void ManagedAndNativePartOfThisBuildFit() =>
        Assert.DoesNotContain(new OnnxProbe().Look(), static f => f.Status is DiagnosticStatus.Warning or DiagnosticStatus.Broken);

    [Fact]
    public void EachProviderIsFoundOrMissingWithWhatToDo()
    {
        DiagnosticFact[] facts = [.. new OnnxProbe().Look()];
        Assert.Contains("CPUExecutionProvider", facts.First(static f => f.Name == "providers").Value, StringComparison.Ordinal);
        foreach ((string name, string advice) in ((string, string)[])[("CUDA", "Microsoft.ML.OnnxRuntime.Gpu"), ("TensorRT", "TensorRT"), ("DirectML", "Microsoft.ML.OnnxRuntime.DirectML"), ("OpenVINO", "Intel.ML.OnnxRuntime.OpenVino"), ("CoreML", "macOS"), ("XNNPACK", "Android")])
        {
            DiagnosticFact fact = Assert.Single(facts, f => f.Name == name);
            Assert.True(fact.Status == DiagnosticStatus.Fine || fact.Advice!.Contains(advice, StringComparison.Ordinal), fact.ToString());
        }
    }

    [Fact]
    public void TheModelsAreTriedOnIt()
    {
        CxrDiagnostics diagnostics = CxrDiagnostics.Collect(new OnnxProbe(), new ClassifierProbe("tiny", static () => Composition.Tiny.Classifier(CxrNet.Conformance.ConformanceCards.Classifier)), new SegmenterProbe("none", static () => OnnxLungSegmenter.Load("nowhere.onnx")));
        Assert.Equal(DiagnosticStatus.Fine, diagnostics.Facts.Single(static f => f.Name == "tiny").Status);
        DiagnosticFact none = diagnostics.Facts.Single(static f => f.Name == "none");
        Assert.Equal(DiagnosticStatus.Broken, none.Status);
        Assert.Contains("nowhere.onnx", none.Value, StringComparison.Ordinal);
        Assert.True(diagnostics.IsBroken);
    }
}
