namespace CxrNet.Torch.Training;

/// <summary>Keeps a second training out of a run's folder: a file that is open for no one else while one runs.</summary>
/// <remarks>The operating system lets go of it when the process ends, however it ends. The empty file itself stays: were it deleted, a training that had just opened it would hold a lock that the next one does not see.</remarks>
internal static class RunLock
{
    private const string LockFile = "run.lock";

    /// <summary>Takes the lock; disposing lets go of it.</summary>
    /// <exception cref="CxrModelException">Another training holds it.</exception>
    public static IDisposable Take(string folder)
    {
        string path = Path.Combine(folder, LockFile);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new CxrModelException(folder, $"'{folder}': another training is at work there, or its lock cannot be taken ({e.Message}); name another folder, or wait until it is done.", e);
        }
    }

    /// <summary>Refuses a folder whose lock is taken.</summary>
    /// <exception cref="CxrModelException">Another training holds it.</exception>
    public static void RequireFree(string folder)
    {
        if (File.Exists(Path.Combine(folder, LockFile)))
        {
            Take(folder).Dispose();
        }
    }
}
