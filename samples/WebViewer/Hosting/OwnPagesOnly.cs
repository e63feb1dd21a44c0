namespace CxrNet.WebViewer.Hosting;

/// <summary>Refuses what a page of another site sends: it could not read the answer, but it could keep this machine busy.</summary>
/// <remarks>Browsers say where a request comes from (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/); programs say nothing and are let through.</remarks>
internal static class OwnPagesOnly
{
    public static void UseOwnPagesOnly(this WebApplication app) => app.Use(static (context, next) =>
        IsWork(context.Request.Path)
        && context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            ? Problems.Write(context, Problem.ForeignPage)
            : next(context));

    // Whatever runs a model; in any case of letters, as addresses are matched.
    private static bool IsWork(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
