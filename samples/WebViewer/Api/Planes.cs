namespace CxrNet.WebViewer.Api;

/// <summary>Planes as answers: a picture for people, an array for programs.</summary>
internal static class Planes
{
    public const string Png = "image/png";

    /// <summary>Not registered, but what others use too.</summary>
    public const string Numpy = "application/x-npy";

    /// <summary>Whether the caller named the array's type.</summary>
    public static bool WantsNumpy(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(static type => type.MediaType.Equals(Numpy, StringComparison.OrdinalIgnoreCase));

    public static IResult Written(string contentType, Action<Stream> write)
    {
        MemoryStream memory = new();
        write(memory);
        return TypedResults.Bytes(memory.GetBuffer().AsMemory(0, (int)memory.Length), contentType);
    }

    /// <summary>What can be wrong with a posted file.</summary>
    public static RouteHandlerBuilder ProducesFileProblems(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
