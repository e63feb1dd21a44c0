using CxrNet.Models;
using Microsoft.Extensions.DependencyInjection;

namespace CxrNet.Tests;

/// <summary>The models that ship, registered in a container.</summary>
public sealed class InAContainer
{
    public InAContainer() => Assert.SkipUnless(BundledModels.CxrNetS.IsAvailable && BundledModels.Lungs.IsAvailable, "The weights are not in this build.");

    [Fact]
    public void ThePipelineIsTheDefaultOne()
    {
        GrayImage chest = ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19 }).Image;
        using CxrPipeline expected = CxrNetPipeline.CreateDefault();
        CxrReport first = expected.Analyze(chest, cancellationToken: TestContext.Current.CancellationToken);

        ServiceCollection services = new();
        services.AddCxrNet();
        services.AddBundledCxrModels();
        using ServiceProvider provider = services.BuildServiceProvider();
        CxrReport second = provider.GetRequiredService<CxrPipeline>().Analyze(chest, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(first.Prediction.Logits, second.Prediction.Logits);
        Assert.Equal(first.Map!.Values.ToArray(), second.Map!.Values.ToArray());
        Assert.Equal(first.Lungs!.Probabilities.ToArray(), second.Lungs!.Probabilities.ToArray());
        Assert.Equal(first.Prediction.Warnings, second.Prediction.Warnings);
        Assert.Same(provider.GetRequiredService<ICxrClassifier>(), provider.GetRequiredKeyedService<ICxrClassifier>(BundledServices.ClassifierKey));
    }

    [Fact]
    public void DisposedOfTheContainerTheModelsAreToo()
    {
        ServiceCollection services = new();
        services.AddCxrNet();
        services.AddBundledCxrModels();
        ServiceProvider provider = services.BuildServiceProvider();
        provider.LoadCxrModels(TestContext.Current.CancellationToken);
        ICxrClassifier classifier = provider.GetRequiredService<ICxrClassifier>();
        Assert.True(SelfTest.Run(classifier, cancellationToken: TestContext.Current.CancellationToken).HasPassed);
        provider.Dispose();
        Assert.Throws<ObjectDisposedException>(() => classifier.Classify(new GrayImage(1, 1, [0])));
    }
}
