using CxrNet.WebViewer.Backends;
using CxrNet.WebViewer.Hosting;

namespace CxrNet.WebViewer.Api;

/// <summary>GET /api/info: all that the page's menus are made of.</summary>
internal static class InfoEndpoint
{
    public static void MapInfo(this WebApplication app) => app.MapGet("/api/info", Info)
        .WithName("info")
        .WithSummary("Model, engines, explanation methods, colour maps and limits.");

    private static InfoAnswer Info(BackendSet backends, ViewerOptions options) => InfoAnswer.From(backends, options);
}
