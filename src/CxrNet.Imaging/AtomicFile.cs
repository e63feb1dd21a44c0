namespace CxrNet.Imaging;

/// <summary>A file that appears under its name only when it is complete.</summary>
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
        return new AtomicFile(path, temporary, new FileStream(temporary, FileMode.CreateNew, FileAccess.Write));
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_committed)
        {
            File.Delete(_temporary);
        }
    }
}
