namespace CxrNet.WebViewer.Api;

/// <summary>GET /: one page and its scripts, as they lie in wwwroot.</summary>
internal static class PageEndpoint
{
    public static void MapPage(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles();
    }
}
