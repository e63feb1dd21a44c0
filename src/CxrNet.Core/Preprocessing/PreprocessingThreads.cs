namespace CxrNet;

/// <summary>How many threads may work on one image while it is decoded, made grey and resized.</summary>
/// <remarks>
/// For the whole process, as the thread pool's own settings are; safe to change at any time. The numbers are the same bits whatever it is.
/// Of the decoders only that of grey JPEGs has use for a second one. A second thread comes from the pool and only takes what the caller has not begun yet: on a busy machine nobody waits for it.
/// </remarks>
public static class PreprocessingThreads
{
    /// <summary>From so many samples on a second thread paid for itself, measured; below, the caller works alone.</summary>
    internal const int LeastSamples = 1_000_000;

    private static int s_maximum = Math.Min(2, Environment.ProcessorCount);

    /// <summary>The most threads per image, the caller's included; 2 by default, 1 on a machine of one core. 1 for a server whose cores are busy with other images anyway.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static int Maximum
    {
        get => s_maximum;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            s_maximum = value;
        }
    }
}
