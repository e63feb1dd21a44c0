namespace CxrNet;

/// <summary>A colour for each of 256 steps from least to most.</summary>
/// <remarks>Immutable.</remarks>
public sealed class ColorMap
{
    private readonly byte[] _rgb;

    /// <summary>Makes a map from a table.</summary>
    /// <param name="name">For messages and legends.</param>
    /// <param name="rgb">256 colours, red, green, blue.</param>
    /// <exception cref="ArgumentException">There are not 768 bytes.</exception>
    public ColorMap(string name, ReadOnlySpan<byte> rgb)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (rgb.Length != 3 * 256)
        {
            throw new ArgumentException($"{rgb.Length} bytes given, 256 colours of 3 bytes = 768 expected.", nameof(rgb));
        }

        Name = name;
        _rgb = rgb.ToArray();
    }

    /// <summary>The map's name.</summary>
    public string Name { get; }

    /// <summary>256 colours, red, green, blue.</summary>
    public ReadOnlySpan<byte> Rgb => _rgb;

    /// <summary>The colour of one step.</summary>
    /// <param name="step">0 to 255.</param>
    public (byte Red, byte Green, byte Blue) this[int step] => (_rgb[3 * step], _rgb[(3 * step) + 1], _rgb[(3 * step) + 2]);
}
