namespace CxrNet.Imaging;

/// <summary>A file that appears under its name only when it is complete.</summary>
/// <remarks>Whatever the system refuses is an <see cref="IOException"/>, which is what every writer promises.</remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _committed;

    private AtomicFile(string path, string temporary, FileStream stream) => (_path, _temporary, Stream) = (path, temporary, stream);

    public FileStream Stream { get; }

    /// <summary>Opens a temporary file beside <paramref name="path"/>.</summary>
    public static AtomicFile Create(string path)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        return new AtomicFile(path, temporary, Permitted(path, () => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write)));
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        Stream.Dispose();
        Permitted(_path, () => File.Move(_temporary, _path, overwrite: true));
        _committed = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_committed)
        {
            Permitted(_path, () => File.Delete(_temporary));
        }
    }

    private static void Permitted(string path, Action step) => Permitted<object?>(path, () =>
    {
        step();
        return null;
    });

    /// <summary>Does one step; what is not permitted comes out as an <see cref="IOException"/> that names the file which was asked for, not the temporary one.</summary>
    internal static T Permitted<T>(string path, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"'{path}' cannot be written: permission to write there expected, the system denies it.", e);
        }
    }
}
