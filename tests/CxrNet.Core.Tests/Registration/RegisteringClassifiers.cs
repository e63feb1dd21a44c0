using CxrNet.Core.Tests.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace CxrNet.Core.Tests.Registration;

public sealed class RegisteringClassifiers
{
    [Fact]
    public void AKeyNamesOneAndTheOnlyOneNeedsNoKey()
    {
        ScriptedClassifier onnx = new();
        using ServiceProvider provider = Container(services => services.AddKeyedCxrClassifier("onnx", _ => onnx));
        Assert.Same(onnx, provider.GetRequiredKeyedService<ICxrClassifier>("onnx"));
        Assert.Same(onnx, provider.GetRequiredService<ICxrClassifier>());
    }

    [Fact]
    public void OfSeveralTheOptionsNameTheDefault()
    {
        ScriptedClassifier onnx = new(), torch = new();
        void Register(IServiceCollection services)
        {
            services.AddKeyedCxrClassifier("onnx", _ => onnx);
            services.AddKeyedCxrClassifier("torch", _ => torch);
        }

        using ServiceProvider chosen = Container(services =>
        {
            Register(services);
            services.AddCxrNet(static o => o.Classifier = "torch");
        });
        Assert.Same(torch, chosen.GetRequiredService<ICxrClassifier>());

        using ServiceProvider open = Container(Register);
        Assert.Same(onnx, open.GetRequiredKeyedService<ICxrClassifier>("onnx"));
        Assert.Contains("onnx, torch", Assert.Throws<InvalidOperationException>(() => open.GetRequiredService<ICxrClassifier>()).Message, StringComparison.Ordinal);
        using ServiceProvider none = Container(static _ => { });
        Assert.Contains("AddCxrClassifier", Assert.Throws<InvalidOperationException>(() => none.GetRequiredService<ICxrClassifier>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OneWithoutAKeyIsTheDefaultWhicheverIsRegisteredFirst(bool first)
    {
        ScriptedClassifier plain = new();
        ServiceCollection services = new();
        if (first)
        {
            services.AddCxrClassifier(_ => plain);
        }

        services.AddCxrNet();
        services.AddKeyedCxrClassifier("other", static _ => new ScriptedClassifier());
        if (!first)
        {
            services.AddCxrClassifier(_ => plain);
        }

        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Same(plain, provider.GetRequiredService<ICxrClassifier>());
    }

    [Fact]
    public void ThePipelineIsMadeOfTheContainersParts()
    {
        ScriptedClassifier classifier = new() { Distance = 2 };
        ScriptedSegmenter segmenter = new();
        using ServiceProvider provider = Container(services =>
        {
            services.AddKeyedCxrClassifier("onnx", _ => classifier);
            services.AddLungSegmenter(_ => segmenter);
            services.AddSingleton<IRadiographDecoder, Pipeline.StandDecoder>();
            services.AddSingleton<IExplanationMap>(new ScriptedExplanation());
            services.AddCxrNet().Configure(static o => o.AbstainWhenUnlike = true);
        });
        CxrPipeline pipeline = provider.GetRequiredService<CxrPipeline>();
        CxrReport report = pipeline.Analyze(new byte[] { 2, 1, 0, 255 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(report.Lungs);
        Assert.True(report.Prediction.IsWithheld);

        pipeline.Dispose();
        Assert.Equal((0, 0), (classifier.Disposals, segmenter.Disposals));
    }

    [Fact]
    public void TheContainerDisposesOfWhatItMadeAndOfASharedPartOnce()
    {
        ScriptedClassifier classifier = new();
        ScriptedSegmenter segmenter = new();
        ServiceProvider provider = Container(services =>
        {
            services.AddLungSegmenter(_ => segmenter);
            services.AddKeyedCxrClassifier("onnx", p => classifier.WithLungMasking(p.GetRequiredService<ILungSegmenter>().LeaveOpen()).WithCache());
            services.AddSingleton<IRadiographDecoder, Pipeline.StandDecoder>();
        });
        Assert.NotNull(provider.GetRequiredService<CxrPipeline>());
        Assert.Same(provider.GetRequiredService<ICxrClassifier>(), provider.GetRequiredKeyedService<ICxrClassifier>("onnx"));
        Assert.Equal((0, 0), (classifier.Disposals, segmenter.Disposals));
        provider.Dispose();
        Assert.Equal((1, 1), (classifier.Disposals, segmenter.Disposals));
    }

    [Fact]
    public void WithoutAHostModelsCanBeLoadedAtOnce()
    {
        List<string> loaded = [];
        using ServiceProvider provider = Container(services =>
        {
            services.AddKeyedCxrClassifier("onnx", _ => Loading("onnx"));
            services.AddKeyedCxrClassifier("torch", _ => Loading("torch"));
            services.AddCxrClassifier(_ => Loading("plain"));
        });
        Assert.Empty(loaded);
        provider.LoadCxrModels(TestContext.Current.CancellationToken);
        provider.LoadCxrModels(TestContext.Current.CancellationToken);
        Assert.Equal(["onnx", "torch", "plain"], loaded);
        Assert.Throws<OperationCanceledException>(() => provider.LoadCxrModels(new CancellationToken(canceled: true)));

        ScriptedClassifier Loading(string name)
        {
            loaded.Add(name);
            return new ScriptedClassifier();
        }
    }

    private static ServiceProvider Container(Action<IServiceCollection> register)
    {
        ServiceCollection services = new();
        services.AddCxrNet();
        register(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}
