using CxrNet.Imaging;
using CxrNet.WebViewer.Analysis;
using CxrNet.WebViewer.Hosting;

namespace CxrNet.WebViewer.Api;

/// <summary>POST /api/image: any file in, the grey plane out, as a picture or with its 16 bits.</summary>
internal static class ImageEndpoint
{
    public static void MapImage(this WebApplication app) => app.MapPost("/api/image", Read)
        .WithName("image")
        .WithSummary("The grey plane of a chest X-ray, upright and windowed as its header says.")
        .WithDescription($"As image/png, 8 bits, or where the request accepts {Planes.Numpy}, as a NumPy array, uint16 [height, width]. A plane larger than the server's display size is shrunk.")
        .Accepts<ImageForm>("multipart/form-data")
        .Produces(StatusCodes.Status200OK, contentType: Planes.Png, additionalContentTypes: Planes.Numpy)
        .ProducesFileProblems()
        .Limited();

    private static async Task<IResult> Read(HttpRequest request, Analyzer analyzer, ViewerOptions options, CancellationToken cancellationToken)
    {
        Upload upload = await Upload.ReadAsync(request, options, cancellationToken);
        GrayImage image = Shown(await analyzer.Read(upload.File), options.DisplaySide);
        return Planes.WantsNumpy(request)
            ? Planes.Written(Planes.Numpy, stream => NpyFile.Write(stream, SixteenBits.Of(image.Pixels), image.Width, image.Height))
            : Planes.Written(Planes.Png, stream => PngFile.Write(stream, image));
    }

    private static GrayImage Shown(GrayImage image, int longest)
    {
        (int width, int height) = SmallPlane.Within(image.Width, image.Height, longest);
        return width == image.Width ? image : new GrayImage(width, height, SmallPlane.Of(image.Pixels, image.Width, image.Height, width, height));
    }
}
