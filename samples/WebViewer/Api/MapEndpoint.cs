using CxrNet.Imaging;
using CxrNet.WebViewer.Analysis;
using CxrNet.WebViewer.Hosting;

namespace CxrNet.WebViewer.Api;

/// <summary>POST /api/map: a file in, its map at the image's own size out, as a picture over the X-ray or as numbers.</summary>
internal static class MapEndpoint
{
    public static void MapMap(this WebApplication app) => app.MapPost("/api/map", Explain)
        .WithName("map")
        .WithSummary("The explanation map of a chest X-ray at the image's own size.")
        .WithDescription($"As image/png, the map over the X-ray, or where the request accepts {Planes.Numpy}, as a NumPy array, float32 [height, width].")
        .Accepts<MapForm>("multipart/form-data")
        .Produces(StatusCodes.Status200OK, contentType: Planes.Png, additionalContentTypes: Planes.Numpy)
        .ProducesFileProblems()
        .Limited();

    private static async Task<IResult> Explain(HttpRequest request, Analyzer analyzer, ViewerOptions options, CancellationToken cancellationToken)
    {
        Upload upload = await Upload.ReadAsync(request, options, cancellationToken);
        ColorMap? colors = upload["colors"] is { } name ? ColorMaps.ByName(name) : null;
        CxrReport report = (await analyzer.Run(upload.File, upload.AnalysisRequest() with { Layers = true }, cancellationToken)).Report;
        if (report.Map is not { } map)
        {
            throw new InvalidDataException("There is no map: the image is unlike a frontal chest X-ray, and this server withholds what it says of those.");
        }

        return Planes.WantsNumpy(request)
            ? Planes.Written(Planes.Numpy, stream => NpyFile.Write(stream, map.Values, map.Width, map.Height))
            : Planes.Written(Planes.Png, stream => PngFile.Write(stream, report.RenderOverlay(colors: colors)));
    }
}
