using Microsoft.Extensions.Logging;

namespace CxrNet.Core.Tests.Composition;

public sealed class LoggingCalls
{
    private static readonly RadiographInfo Header = new() { PatientAgeYears = 73.25, PatientSex = "F", Laterality = "L", Warnings = ["of Jane's file"] };

    [Fact]
    public void EachCallIsOneLineOfCountsAndTime()
    {
        Lines lines = new();
        using LoggedClassifier classifier = new ScriptedClassifier() { Distance = 2 }.WithLogging(lines);
        classifier.Classify([Scripted.Image(), Scripted.Image()], TestContext.Current.CancellationToken);
        new ScriptedSegmenter().WithLogging(lines).Segment([Scripted.Image()], TestContext.Current.CancellationToken);
        new ScriptedExplanation().WithLogging(lines).Explain([Scripted.Image()], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(3, lines.Written.Count);
        Assert.All(lines.Written, static l => Assert.Equal(LogLevel.Debug, l.Level));
        Assert.Matches(@"^scripted-1 classified 2 images in [\d.]+ ms: 2 unlike the training's, 0 withheld, 2 undecided$", lines.Written[0].Text);
        Assert.Matches(@"^scripted-lungs-1 segmented 1 images in [\d.]+ ms$", lines.Written[1].Text);
        Assert.Matches(@"^scripted explained 1 images in [\d.]+ ms$", lines.Written[2].Text);
    }

    [Fact]
    public void NothingOfAPatientIsWritten()
    {
        Lines lines = new();
        using LoggedClassifier classifier = new ScriptedClassifier(Scripted.Card with { MaxAgeYears = 20 }).WithLogging(lines);
        CxrPrediction prediction = classifier.Classify(Scripted.Image(info: Header), TestContext.Current.CancellationToken);
        Assert.Contains(prediction.Warnings, static w => w.Contains("73.3", StringComparison.Ordinal));
        string text = Assert.Single(lines.Written).Text;
        Assert.DoesNotContain("73", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane", text, StringComparison.Ordinal);
        Assert.DoesNotContain("covid", text, StringComparison.Ordinal);
        Assert.DoesNotContain("normal", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureIsAnErrorWithItsExceptionAndACancellationIsNone()
    {
        Lines lines = new();
        using LoggedClassifier failing = new ScriptedClassifier { Before = static (_, _) => throw new CxrModelException("scripted-1", "broken") }.WithLogging(lines);
        Assert.Throws<CxrModelException>(() => failing.Classify(Scripted.Image(), TestContext.Current.CancellationToken));
        using LoggedClassifier cancelled = new ScriptedClassifier { Before = static (_, _) => throw new OperationCanceledException() }.WithLogging(lines);
        Assert.Throws<OperationCanceledException>(() => cancelled.Classify(Scripted.Image(), TestContext.Current.CancellationToken));

        Assert.Equal([LogLevel.Error, LogLevel.Debug], lines.Written.Select(static l => l.Level));
        Assert.IsType<CxrModelException>(lines.Written[0].Error);
        Assert.Contains("cancelled", lines.Written[1].Text, StringComparison.Ordinal);
    }

    private sealed class Lines : ILogger
    {
        public List<(LogLevel Level, string Text, Exception? Error)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((logLevel, formatter(state, exception), exception));
    }
}
