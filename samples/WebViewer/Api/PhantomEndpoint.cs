using System.ComponentModel;
using CxrNet.WebViewer.Hosting;

namespace CxrNet.WebViewer.Api;

/// <summary>GET /api/phantoms/{finding}: a drawn chest, for whoever has no X-ray at hand.</summary>
internal static class PhantomEndpoint
{
    private const int LeastSide = 64, MostSide = 1024;

    public static void MapPhantoms(this WebApplication app) => app.MapGet("/api/phantoms/{finding}", Draw)
        .WithName("phantom")
        .WithSummary("A synthetic chest X-ray as a PNG: nobody's image, and no measure of a model.")
        .Produces(StatusCodes.Status200OK, contentType: Planes.Png)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .Limited();

    private static IResult Draw(
        [Description("normal, bacterial_pneumonia, viral_pneumonia or covid19.")] string finding,
        [Description("Another seed is another patient; 1 by default.")] int seed = 1,
        [Description("Columns and rows, 64 to 1024; 512 by default.")] int side = 512)
    {
        if (side is < LeastSide or > MostSide)
        {
            throw new BadHttpRequestException($"A side of {side} pixels was asked for; {LeastSide} to {MostSide} is expected.");
        }

        GrayImage image = ChestPhantom.Create(new PhantomOptions { Class = PhantomClasses.Parse(finding), Seed = seed, Width = side, Height = side }).Image;
        return Planes.Written(Planes.Png, stream => Imaging.PngFile.Write(stream, image));
    }
}
