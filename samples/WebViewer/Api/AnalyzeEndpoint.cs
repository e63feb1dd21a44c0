using CxrNet.WebViewer.Analysis;
using CxrNet.WebViewer.Hosting;

namespace CxrNet.WebViewer.Api;

/// <summary>POST /api/analyze: a file in, findings, lungs and map out.</summary>
internal static class AnalyzeEndpoint
{
    public static void MapAnalysis(this WebApplication app) => app.MapPost("/api/analyze", Analyze)
        .WithName("analyze")
        .WithSummary("Scores and explains a chest X-ray.")
        .WithDescription("Findings with their operating points, warnings, the lungs' outlines and a small map with its numbers. " + ApiDescription.ResearchOnly)
        .Accepts<AnalysisForm>("multipart/form-data")
        .Produces<AnalysisAnswer>()
        .ProducesFileProblems()
        .Limited();

    private static async Task<AnalysisAnswer> Analyze(HttpRequest request, Analyzer analyzer, ViewerOptions options, CancellationToken cancellationToken)
    {
        Upload upload = await Upload.ReadAsync(request, options, cancellationToken);
        AnalysisRequest wanted = upload.AnalysisRequest();
        AnalysisReport report = await analyzer.Run(upload.File, wanted, cancellationToken);
        return AnalysisAnswer.From(report, wanted.Layers, options.MapSide);
    }
}
