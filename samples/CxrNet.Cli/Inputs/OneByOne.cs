namespace CxrNet.Cli;

/// <summary>Images that a model is asked about together, and alone where it refuses them together: only an image that it cannot take is lost.</summary>
internal static class OneByOne
{
    /// <param name="images">Of one batch; none is fine.</param>
    /// <param name="use">Asks the model, and does nothing that lasts before it has answered.</param>
    /// <param name="refused">Told each image that the model refuses by itself, and why.</param>
    public static void Try<T>(IReadOnlyList<T> images, Action<IReadOnlyList<T>> use, Action<T, CxrModelException> refused)
    {
        try
        {
            use(images);
        }
        catch (CxrModelException) when (images.Count > 1)
        {
            foreach (T image in images)
            {
                Try([image], use, refused);
            }
        }
        catch (CxrModelException e) when (images.Count == 1)
        {
            refused(images[0], e);
        }
    }
}
