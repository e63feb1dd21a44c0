using System.Diagnostics;
using CxrNet.Imaging;
using CxrNet.WebViewer.Backends;
using CxrNet.WebViewer.Explanation;
using CxrNet.WebViewer.Hosting;

namespace CxrNet.WebViewer.Analysis;

/// <summary>From the bytes of a file to a report, on the engine and with the method that the caller chose. Safe for concurrent use.</summary>
internal sealed class Analyzer(BackendSet backends, ViewerOptions options, ViewerMetrics metrics)
{
    /// <summary>Analyzes a file.</summary>
    /// <exception cref="ArgumentException">There is no such engine, method or finding.</exception>
    /// <exception cref="InvalidDataException">The bytes are no image, or it is larger than the options allow.</exception>
    /// <exception cref="CxrModelException">The engine failed.</exception>
    public Task<AnalysisReport> Run(ReadOnlyMemory<byte> file, AnalysisRequest request, CancellationToken cancellationToken)
    {
        Backend backend = backends.Get(request.Backend);
        ExplanationMethod method = request.Method is { } name ? backend.Method(name) : backend.Methods[0];
        TargetFinding.IndexOf(backends.Card, request.Target);
        return OnOwnThread(() => metrics.Measure(backend.Name, request.Layers ? method.Name : "none", () => Run(file, backend, method, request, cancellationToken)));
    }

    /// <summary>The grey plane alone, as the network sees it before it is resized.</summary>
    /// <exception cref="InvalidDataException">The bytes are no image, or it is larger than the options allow.</exception>
    public Task<GrayImage> Read(ReadOnlyMemory<byte> file) =>
        OnOwnThread(() => GrayConversion.ToGray(RadiographDecoder.Default.Decode(file, options.DecodeLimits)));

    private AnalysisReport Run(ReadOnlyMemory<byte> file, Backend backend, ExplanationMethod method, AnalysisRequest request, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        bool lungs = request.Layers || backends.Card.Input.Lungs != LungHandling.None;
        CxrPipelineOptions pipelineOptions = new() { Limits = options.DecodeLimits, AbstainWhenUnlike = options.AbstainWhenUnlike, LeaveOpen = true };

        // A pipeline is five references: one for each request costs nothing and lets each choose its parts.
        using CxrPipeline pipeline = new(RadiographDecoder.Default, backend.Classifier, lungs ? backends.Segmenter : null, request.Layers ? method.Map : null, pipelineOptions);
        CxrReport report = pipeline.Analyze(file, request.Target, cancellationToken);
        return new AnalysisReport(report, backend.Name, Stopwatch.GetElapsedTime(started));
    }

    // Work of a tenth of a second up to a minute: on the pool's threads, few on a small machine, it would hold up everybody's requests.
    private static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
