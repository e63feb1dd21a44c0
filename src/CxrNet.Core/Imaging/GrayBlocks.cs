namespace CxrNet;

/// <summary>Stored samples to grey levels along a straight line, or colour to luma, a block at a time.</summary>
internal readonly unsafe struct GrayBlocks<T>(T* samples, int channels, float black, float span, float* destination, int length) : IRowWork
    where T : unmanaged
{
    // A quarter of a megabyte of results; the block's samples and they stay in the second-level cache.
    private const int BlockLength = 65_536;

    /// <summary>One channel: <see cref="GrayRamp"/>; three: <see cref="Luma"/> of samples whose white is <paramref name="span"/>.</summary>
    public static void Run(ReadOnlySpan<T> samples, int channels, float black, float span, Span<float> destination)
    {
        fixed (T* from = samples)
        fixed (float* to = destination)
        {
            GrayBlocks<T> work = new(from, channels, black, span, to, destination.Length);
            RowTeam<GrayBlocks<T>>.Run(work, (destination.Length + BlockLength - 1) / BlockLength, 1, samples.Length);
        }
    }

    public void Run(int from, int to)
    {
        int start = from * BlockLength, count = (int)Math.Min(((long)to * BlockLength) - start, length - start);
        ReadOnlySpan<T> block = new(samples + ((nint)start * channels), count * channels);
        Span<float> gray = new(destination + start, count);
        if (channels == 1)
        {
            GrayRamp.Apply(block, black, span, gray);
        }
        else
        {
            Luma.FromRgb(block, span, 1, gray);
        }
    }
}
