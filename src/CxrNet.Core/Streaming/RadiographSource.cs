namespace CxrNet;

/// <summary>One radiograph of a stream: where it comes from, and what errors call it. Nothing is opened before its turn comes.</summary>
/// <remarks>Immutable. Read once, on a thread of the stream.</remarks>
public sealed class RadiographSource
{
    private readonly Func<IRadiographDecoder?, DecodeLimits, CancellationToken, ValueTask<GrayImage>> _read;

    private RadiographSource(string name, Func<IRadiographDecoder?, DecodeLimits, CancellationToken, ValueTask<GrayImage>> read)
    {
        ArgumentNullException.ThrowIfNull(name);
        (Name, _read) = (name, read);
    }

    /// <summary>What results and errors call it: a file's path, or what the caller said.</summary>
    public string Name { get; }

    /// <summary>Whether it is an image already, so that there is nothing to decode.</summary>
    internal bool IsDecoded { get; private init; }

    /// <summary>An image file.</summary>
    /// <param name="path">The file; it need not be there yet.</param>
    public static RadiographSource FromFile(string path) =>
        new(path, (decoder, limits, _) => new(GrayConversion.ToGray(Need(decoder).DecodeFile(path, limits))));

    /// <summary>The bytes of an image file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">What errors call it.</param>
    public static RadiographSource FromBytes(ReadOnlyMemory<byte> file, string name) =>
        new(name, (decoder, limits, _) => new(GrayConversion.ToGray(Need(decoder).Decode(file, limits))));

    /// <summary>An image file that comes as a stream, for example from a store in the network.</summary>
    /// <param name="open">Opens the stream when its turn comes; it is read to its end and disposed of.</param>
    /// <param name="name">What errors call it.</param>
    public static RadiographSource FromStream(Func<CancellationToken, ValueTask<Stream>> open, string name)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new(name, async (decoder, limits, stop) =>
        {
            Stream stream = await open(stop).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return GrayConversion.ToGray(await Need(decoder).DecodeStreamAsync(stream, limits, stop).ConfigureAwait(false));
            }
        });
    }

    /// <summary>An image that the caller has decoded.</summary>
    /// <param name="image">The image.</param>
    /// <param name="name">What errors call it.</param>
    public static RadiographSource FromImage(GrayImage image, string name)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(name, (_, _, _) => new(image)) { IsDecoded = true };
    }

    internal ValueTask<GrayImage> ReadAsync(IRadiographDecoder? decoder, DecodeLimits limits, CancellationToken cancellationToken) => _read(decoder, limits, cancellationToken);

    private static IRadiographDecoder Need(IRadiographDecoder? decoder) =>
        decoder ?? throw new NotSupportedException("There is no decoder for files here; decoded images were expected.");
}
