using System.Diagnostics;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.TestData;

namespace CxrNet.Tests;

/// <summary>The default pipeline with the weights that ship.</summary>
public sealed class TheThreeLines : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TheThreeLines() => Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable, "The weights of CxrNet-S are not in this build: src/CxrNet.Models/Weights/cxrnet-s.onnx.");

    [Theory]
    [InlineData(PhantomClass.Normal)]
    [InlineData(PhantomClass.BacterialPneumonia)]
    [InlineData(PhantomClass.ViralPneumonia)]
    [InlineData(PhantomClass.Covid19)]
    public void APhantomGivesFourProbabilitiesAndAnOverlay(PhantomClass phantomClass)
    {
        PngFile.Write(_folder["phantom.png"], ChestPhantom.Create(new PhantomOptions { Class = phantomClass }).Image);

        using CxrPipeline cxr = CxrNetPipeline.CreateDefault();
        CxrReport report = cxr.Analyze(_folder["phantom.png"]);
        report.SaveOverlay(_folder["overlay.png"]);

        Assert.Equal(["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"], report.Prediction.Findings.Select(static finding => finding.Name));
        Assert.Equal(1, report.Prediction.Findings.Sum(static finding => finding.Probability), 1e-5);
        Assert.All(report.Map!.Values.ToArray(), static value => Assert.InRange(value, 0, 1));
        DecodedImage overlay = RadiographDecoder.Default.DecodeFile(_folder["overlay.png"]);
        Assert.Equal((512, 512), (overlay.Width, overlay.Height));
    }

    [Fact]
    public void RealRadiographsAreReadAndScored()
    {
        string manifest = TestFolders.RequireData("cls/manifest.csv");
        string folder = Path.GetDirectoryName(manifest)!;
        using CxrPipeline cxr = CxrNetPipeline.CreateDefault();

        foreach (string file in File.ReadLines(manifest).Skip(1).Select(static line => line.Split(',')[0]).Where((_, i) => i % 700 == 0))
        {
            CxrReport report = cxr.Analyze(Path.Combine(folder, file), cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(1, report.Prediction.Findings.Sum(static finding => finding.Probability), 1e-5);
            Assert.Equal((report.Image.Width, report.Image.Height), (report.Map!.Width, report.Map.Height));
        }
    }

    [Fact]
    public void NoLibtorchIsLoaded()
    {
        using CxrPipeline cxr = CxrNetPipeline.CreateDefault();
        cxr.Analyze(ChestPhantom.Create(new PhantomOptions()).Image, cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), static assembly => assembly.GetName().Name!.Contains("Torch", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Process.GetCurrentProcess().Modules.Cast<ProcessModule>(), static module => module.ModuleName.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _folder.Dispose();
}
