using CxrNet.Core.Tests.Composition;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CxrNet.Core.Tests.Registration;

public sealed class StartingAHost : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cxrnet-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ModelsComeFromConfiguration()
    {
        string model = File("model.onnx", ""), card = File("site.card.json", (Scripted.Card with { Temperature = 0.5f }).ToJson());
        List<ModelFileOptions> asked = [];
        using IHost host = Build(
            services =>
            {
                services.AddKeyedCxrClassifier("onnx", (_, file) => Asked(file, new ScriptedClassifier()));
                services.AddLungSegmenter("lungs", (_, file) => Asked(file, new ScriptedSegmenter()));
            },
            ("Loading", "Eager"),
            ("Models:onnx:Path", model),
            ("Models:onnx:Card", card),
            ("Models:onnx:Threads", "3"),
            ("Models:onnx:MaxBatch", "5"),
            ("Models:lungs:Path", model));
        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal([(model, 3, 5), (model, 0, 16)], asked.Select(static a => (a.Path, a.Threads, a.MaxBatch)));
        Assert.Equal(0.5f, host.Services.GetRequiredService<ICxrClassifier>().Card.Temperature);
        await host.StopAsync(TestContext.Current.CancellationToken);

        T Asked<T>(ModelFileOptions file, T made)
        {
            asked.Add(file);
            return made;
        }
    }

    [Fact]
    public async Task ALazyModelWaitsForItsFirstUse()
    {
        int loaded = 0;
        using IHost host = Build(services => services.AddKeyedCxrClassifier("onnx", _ => Loaded()));
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, loaded);
        host.Services.GetRequiredService<ICxrClassifier>();
        Assert.Equal(1, loaded);

        ScriptedClassifier Loaded()
        {
            loaded++;
            return new ScriptedClassifier();
        }
    }

    [Fact]
    public async Task AnEagerModelThatCannotBeLoadedStopsTheStart()
    {
        using IHost host = Build(static services => services.AddKeyedCxrClassifier("onnx", static _ => throw new CxrModelException("m", "'m' is damaged.")), ("Loading", "Eager"));
        Assert.Contains("damaged", (await Assert.ThrowsAsync<CxrModelException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Classifier", "onxn", "'onxn'; registered are onnx")]
    [InlineData("Loading", "7", "Lazy or Eager")]
    [InlineData("ShortcutLimit", "1.5", "1.5; 0 to 1")]
    [InlineData("Models:onxn:Path", "model.onnx", "'onxn', which nothing asks for; asked for are onnx")]
    [InlineData("Models:onnx:Path", "nowhere.onnx", "'nowhere.onnx': there is no such file")]
    [InlineData("Models:onnx:Card", "nowhere.json", "'nowhere.json': there is no such file")]
    [InlineData("Models:onnx:Threads", "-1", "Threads is -1")]
    [InlineData("Models:onnx:MaxBatch", "0", "MaxBatch is 0")]
    [InlineData("Models:onnx:MicroBatching:MaxBatch", "0", "Models['onnx'].MicroBatching.MaxBatch is 0")]
    [InlineData("Models:onnx:MicroBatching:MaxDelay", "-00:00:01", "MaxDelay is -00:00:01; 0 to 1 minute")]
    [InlineData("Streaming:MaxInFlight", "0", "Streaming.MaxInFlight is 0")]
    public async Task WhatIsWrongIsSaidAtTheStart(string key, string value, string message)
    {
        string model = File("model.onnx", "");
        using IHost host = Build(static services => services.AddKeyedCxrClassifier("onnx", static (_, _) => new ScriptedClassifier()), ("Models:onnx:Path", model), (key, value));
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyThatAClassifierWithoutOneWouldHideIsRefused()
    {
        using IHost host = Build(static services => services.AddCxrClassifier(static _ => new ScriptedClassifier()).AddKeyedCxrClassifier("torch", static _ => new ScriptedClassifier()), ("Classifier", "torch"));
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("registers one without a key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MicroBatchingAndStreamingComeFromConfigurationAndLeaveTheDefaultsAlone()
    {
        string model = File("model.onnx", "");
        using IHost host = Build(
            static services => services.AddKeyedCxrClassifier("onnx", static (_, _) => new ScriptedClassifier()).AddSingleton<IRadiographDecoder>(new Pipeline.StandDecoder()),
            ("Models:onnx:Path", model),
            ("Models:onnx:MicroBatching:MaxBatch", "3"),
            ("Models:onnx:MicroBatching:MaxDelay", "00:01:00"),
            ("Streaming:MaxInFlight", "2"),
            ("Streaming:Limits:MaxFileBytes", "5"));
        await host.StartAsync(TestContext.Current.CancellationToken);

        // With a minute of patience, three callers are answered only because three fill a batch.
        MicroBatchingClassifier batching = Assert.IsType<MicroBatchingClassifier>(host.Services.GetRequiredService<ICxrClassifier>());
        Assert.Equal(3, (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => batching.ClassifyAsync(Scripted.Image(), TestContext.Current.CancellationToken)))).Length);

        RadiographSource[] large = [RadiographSource.FromBytes(new byte[] { 1, 1, 7 }, "small"), RadiographSource.FromStream(static _ => ValueTask.FromResult<Stream>(new MemoryStream(new byte[6])), "large")];
        Assert.Equal(2, host.Services.GetRequiredService<IOptions<CxrNetOptions>>().Value.Streaming.MaxInFlight);
        List<Exception?> errors = [];
        await foreach (StreamResult<GrayImage> result in new Pipeline.StandDecoder().DecodeAsync(large.ToAsyncEnumerable(), host.Services.GetRequiredService<IOptions<CxrNetOptions>>().Value.Streaming, TestContext.Current.CancellationToken))
        {
            errors.Add(result.Error);
        }

        Assert.Null(errors[0]);
        Assert.Contains("at most 5", errors[1]!.Message, StringComparison.Ordinal);
        Assert.Equal((32, 1L << 30, 1L << 30), (new StreamingOptions().MaxInFlight, StreamingOptions.Default.Limits.MaxFileBytes, DecodeLimits.Default.MaxFileBytes));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task TheLimitsOfAFileHoldForAnalyzeAndForStreams()
    {
        Pipeline.StandDecoder decoder = new();
        using IHost host = Build(services => services.AddCxrClassifier(static _ => new ScriptedClassifier()).AddSingleton<IRadiographDecoder>(decoder), ("Streaming:Limits:MaxFileBytes", "5"), ("Streaming:Limits:MaxPixels", "7"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        CxrPipeline pipeline = host.Services.GetRequiredService<CxrPipeline>();

        using MemoryStream large = new(new byte[6]);
        Assert.Contains("at most 5", Assert.Throws<InvalidDataException>(() => pipeline.Analyze(large)).Message, StringComparison.Ordinal);
        pipeline.Analyze(new byte[] { 1, 1, 7 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(7, decoder.Limits!.MaxPixels);

        RadiographSource[] sources = [RadiographSource.FromStream(static _ => ValueTask.FromResult<Stream>(new MemoryStream(new byte[6])), "large")];
        await foreach (StreamResult<CxrReport> result in pipeline.AnalyzeAsync(sources.ToAsyncEnumerable(), cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Contains("at most 5", result.Error!.Message, StringComparison.Ordinal);
        }

        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ASegmentersCallsAreNotPutTogether()
    {
        string model = File("model.onnx", "");
        using IHost host = Build(static services => services.AddLungSegmenter("lungs", static (_, _) => new ScriptedSegmenter()), ("Models:lungs:Path", model), ("Models:lungs:MicroBatching:MaxBatch", "3"));
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Models['lungs'].MicroBatching is set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASegmentersCardBesideItsFileIsReadByNobody()
    {
        string model = File("model.onnx", ""), card = File("card.json", "{}");
        using IHost host = Build(static services => services.AddLungSegmenter("lungs", static (_, _) => new ScriptedSegmenter()), ("Models:lungs:Path", model), ("Models:lungs:Card", card));
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Models['lungs'].Card is set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsAskedForAndNotNamedIsSaidToo()
    {
        using IHost host = Build(static services => services.AddKeyedCxrClassifier("onnx", static (_, _) => new ScriptedClassifier()));
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("has no 'onnx'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACardOfAnotherModelStopsTheStartAndTheModelIsDisposedOf()
    {
        string model = File("model.onnx", ""), card = File("other.card.json", (Scripted.Card with { Id = "other-1" }).ToJson());
        ScriptedClassifier loaded = new();
        using IHost host = Build(services => services.AddKeyedCxrClassifier("onnx", (_, _) => loaded), ("Loading", "Eager"), ("Models:onnx:Path", model), ("Models:onnx:Card", card));
        Assert.Contains("other-1", (await Assert.ThrowsAsync<CxrModelException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        Assert.Equal(1, loaded.Disposals);
    }

    private static IHost Build(Action<IServiceCollection> register, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        Dictionary<string, string?> values = [];
        foreach ((string key, string value) in settings)
        {
            values[$"CxrNet:{key}"] = value;
        }

        builder.Configuration.AddInMemoryCollection(values);
        builder.Services.AddCxrNet().BindConfiguration("CxrNet");
        register(builder.Services);
        return builder.Build();
    }

    private string File(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
