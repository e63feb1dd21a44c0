namespace CxrNet;

/// <summary>Bytes that are read piece by piece, checked against the limits as they grow: who sends them does not say how many there will be, and a few kilobytes can inflate to gigabytes.</summary>
/// <remarks>Read into <see cref="Block"/>, then <see cref="Add"/>, until nothing comes.</remarks>
internal sealed class BoundedBuffer(DecodeLimits limits) : IDisposable
{
    private readonly MemoryStream _bytes = new();

    /// <summary>Where the next piece is read to.</summary>
    public byte[] Block { get; } = new byte[81920];

    /// <summary>How many bytes there are so far.</summary>
    public long Length => _bytes.Length;

    /// <summary>All that was added.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);

    /// <summary>Appends the first bytes of <see cref="Block"/>.</summary>
    /// <exception cref="InvalidDataException">They are more than the limits allow.</exception>
    public void Add(int count)
    {
        CheckLength(_bytes.Length + count, limits);
        _bytes.Write(Block, 0, count);
    }

    /// <summary>Refuses a length beyond the limits, before anything of that size is allocated; what the bytes mean is the decoder's business.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public static void CheckLength(long bytes, DecodeLimits limits)
    {
        long most = Math.Min(limits.MaxFileBytes, Array.MaxLength);
        if (bytes > most)
        {
            throw new InvalidDataException($"The file has {bytes} bytes, at most {most} are allowed.");
        }
    }

    public void Dispose() => _bytes.Dispose();
}
