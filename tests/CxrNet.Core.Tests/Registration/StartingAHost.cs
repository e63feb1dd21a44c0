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
    public async Task WhatIsWrongIsSaidAtTheStart(string key, string value, string message)
    {
        string model = File("model.onnx", "");
        using IHost host = Build(static services => services.AddKeyedCxrClassifier("onnx", static (_, _) => new ScriptedClassifier()), ("Models:onnx:Path", model), (key, value));
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
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
