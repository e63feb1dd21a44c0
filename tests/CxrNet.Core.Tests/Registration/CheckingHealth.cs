using CxrNet.Core.Tests.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CxrNet.Core.Tests.Registration;

public sealed class CheckingHealth
{
    [Fact]
    public async Task AClassifierThatWorksIsHealthyAndNamed()
    {
        ScriptedClassifier classifier = new();
        HealthReportEntry entry = await Check(classifier);
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal("scripted-1", entry.Data["model"]);
        Assert.Equal(2, classifier.Images);
    }

    [Fact]
    public async Task ACacheDoesNotAnswerForTheEngine()
    {
        ScriptedClassifier classifier = new();
        await using ServiceProvider provider = Container(classifier.WithCache());
        HealthCheckService health = provider.GetRequiredService<HealthCheckService>();
        await health.CheckHealthAsync(TestContext.Current.CancellationToken);
        await health.CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, classifier.Images);
    }

    [Fact]
    public async Task WhatIsImpossibleIsUnhealthyWithAReason()
    {
        HealthReportEntry same = await Check(new ScriptedClassifier(logits: static _ => [1, 2]));
        Assert.Equal(HealthStatus.Unhealthy, same.Status);
        Assert.Contains("same logits", same.Description, StringComparison.Ordinal);

        HealthReportEntry sum = await Check(new Changed(static p => p with { Findings = [.. p.Findings.Select(static f => f with { Probability = 0.9f })] }));
        Assert.Contains("sum to 1.8", sum.Description, StringComparison.Ordinal);
        HealthReportEntry beyond = await Check(new Changed(static p => p with { Findings = [p.Findings[0] with { Probability = float.NaN }, p.Findings[1]] }));
        Assert.Contains("NaN", beyond.Description, StringComparison.Ordinal);
        HealthReportEntry others = await Check(new Changed(static p => p with { Findings = [.. p.Findings.Reverse()] }));
        Assert.Contains("covid19, normal", others.Description, StringComparison.Ordinal);
        HealthReportEntry map = await Check(new ScriptedClassifier { Map = static i => new Heatmap(1, 1, [float.NaN], i.Width, i.Height) });
        Assert.Contains("map", map.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailureIsTheStatusThatWasAskedForWithItsError()
    {
        HealthReportEntry entry = await Check(new ScriptedClassifier { Before = static (_, _) => throw new CxrModelException("scripted-1", "the engine is gone") }, HealthStatus.Degraded);
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("the engine is gone", entry.Description, StringComparison.Ordinal);
        Assert.IsType<CxrModelException>(entry.Exception);
    }

    [Fact]
    public async Task AModelThatCannotBeLoadedIsUnhealthyAndTheOtherChecksRun()
    {
        ServiceCollection services = Services();
        services.AddKeyedCxrClassifier("torch", static _ => throw new CxrModelException("m", "libtorch is missing"));
        services.AddKeyedCxrClassifier("onnx", static _ => new ScriptedClassifier());
        services.AddHealthChecks().AddTypeActivatedCheck<CxrHealthCheck>("torch", "torch").AddTypeActivatedCheck<CxrHealthCheck>("onnx", "onnx");
        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), (report.Entries["torch"].Status, report.Entries["onnx"].Status));
        Assert.Contains("libtorch is missing", report.Entries["torch"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGuardThatWithholdsDrawnChestsIsNoFailure() =>
        Assert.Equal(HealthStatus.Healthy, (await Check(new ScriptedClassifier().WithGuard(new GuardOptions { Unlike = false, MinSide = 5000 }))).Status);

    private static async Task<HealthReportEntry> Check(ICxrClassifier classifier, HealthStatus? failure = null)
    {
        await using ServiceProvider provider = Container(classifier, failure);
        return (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["cxrnet"];
    }

    private static ServiceProvider Container(ICxrClassifier classifier, HealthStatus? failure = null)
    {
        ServiceCollection services = Services();
        services.AddCxrClassifier(_ => classifier);
        services.AddHealthChecks().AddCheck<CxrHealthCheck>("cxrnet", failure);
        return services.BuildServiceProvider();
    }

    private static ServiceCollection Services()
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddCxrNet();
        return services;
    }

    private sealed class Changed(Func<CxrPrediction, CxrPrediction> change) : DelegatingClassifier(new ScriptedClassifier())
    {
        protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) => [.. Inner.Classify(images, cancellationToken).Select(change)];
    }
}
