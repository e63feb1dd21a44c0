using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests.Execution;

/// <summary>On a build of ONNX Runtime with the processor alone.</summary>
public sealed class ChoosingAProvider
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);

    [Theory]
    [InlineData(OnnxProvider.Cuda, "add Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData(OnnxProvider.TensorRt, "add Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData(OnnxProvider.DirectMl, "add Microsoft.ML.OnnxRuntime.DirectML")]
    [InlineData(OnnxProvider.OpenVino, "add Intel.ML.OnnxRuntime.OpenVino")]
    [InlineData(OnnxProvider.CoreMl, "package Microsoft.ML.OnnxRuntime")]
    [InlineData(OnnxProvider.Xnnpack, "package Microsoft.ML.OnnxRuntime")]
    public void OneThatIsMissingNamesThePackageToAdd(OnnxProvider provider, string says)
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS() || OperatingSystem.IsAndroid(), "The package of this system has more than the processor.");
        foreach (OnnxOptions options in new[] { new OnnxOptions { Provider = provider }, new OnnxOptions { Provider = provider, ShareWeights = true } })
        {
            CxrModelException error = Assert.Throws<CxrModelException>(() => OnnxClassifier.Load(Tiny.ToBytes(), options));
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
            Assert.Contains("CPUExecutionProvider only", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void TheProcessorTakesItsPlaceOnlyWhereThatIsAllowedAndThenSaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS() || OperatingSystem.IsAndroid(), "The package of this system has more than the processor.");
        using OnnxClassifier plain = OnnxClassifier.Load(Tiny.ToBytes());
        using OnnxClassifier fallen = OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { Provider = OnnxProvider.Cuda, AllowCpuFallback = true });
        Assert.Equal((OnnxProvider.Cpu, OnnxProvider.Cpu), (plain.Provider, fallen.Provider));
        Assert.Null(plain.FallbackReason);
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", fallen.FallbackReason, StringComparison.Ordinal);

        GrayImage image = ConformanceImages.Make(1);
        CxrPrediction expected = plain.Classify(image, TestContext.Current.CancellationToken), found = fallen.Classify(image, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Logits, found.Logits);
        Assert.Empty(expected.Warnings);
        Assert.Contains(fallen.FallbackReason!, Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ASegmenterSaysSoToo()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS() || OperatingSystem.IsAndroid(), "The package of this system has more than the processor.");
        using OnnxLungSegmenter fallen = OnnxLungSegmenter.Load(TinyOnnx.For(ConformanceCards.LungSegmenter).ToBytes(), new OnnxOptions { Provider = OnnxProvider.OpenVino, AllowCpuFallback = true });
        Assert.Equal(OnnxProvider.Cpu, fallen.Provider);
        Assert.Contains("OpenVINO", fallen.FallbackReason, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelTakenApartSaysSoToo()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS() || OperatingSystem.IsAndroid(), "The package of this system has more than the processor.");
        using OnnxFeatureModel plain = OnnxFeatureModel.Load(Tiny.ToBytes());
        using OnnxFeatureModel fallen = OnnxFeatureModel.Load(Tiny.ToBytes(), new OnnxOptions { Provider = OnnxProvider.Cuda, AllowCpuFallback = true });
        Assert.Equal((OnnxProvider.Cpu, OnnxProvider.Cpu), (plain.Provider, fallen.Provider));
        Assert.Null(plain.FallbackReason);
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", fallen.FallbackReason, StringComparison.Ordinal);
    }

    [Fact]
    public void AFallBackDoesNotHideADamagedFile() => Assert.Contains(
        "no ONNX model",
        Assert.Throws<CxrModelException>(() => OnnxClassifier.Load([1, 2, 3], new OnnxOptions { Provider = OnnxProvider.Cuda, AllowCpuFallback = true })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void OptionsThatContradictEachOtherAreTheCallersMistake()
    {
        Dictionary<string, string> own = new() { ["device_type"] = "GPU" };
        Assert.Throws<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { ProviderOptions = own }));
        Assert.Throws<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { Provider = (OnnxProvider)99 }));
        Assert.ThrowsAny<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { Device = -1 }));
        foreach (int[] sizes in (int[][])[[0], [4, 2], [4, 4], [17]])
        {
            Assert.Contains("ascending", Assert.Throws<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { BatchSizes = sizes })).Message, StringComparison.Ordinal);
        }
    }
}
