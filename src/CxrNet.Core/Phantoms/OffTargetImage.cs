namespace CxrNet;

/// <summary>Makes images that are no frontal chest radiographs, to measure what a guard refuses.</summary>
/// <remarks>Safe for concurrent use. The same seed gives the same pixels on every machine. Drawings, no photographs: simple shapes with the coarse layout of what they stand for.</remarks>
public static class OffTargetImage
{
    /// <summary>The kinds that are drawn.</summary>
    public static IReadOnlyList<OffTargetKind> Drawn { get; } = [.. Enum.GetValues<OffTargetKind>().Where(static kind => kind < OffTargetKind.Inverted)];

    /// <summary>The kinds that are made of a given radiograph.</summary>
    public static IReadOnlyList<OffTargetKind> Derived { get; } = [.. Enum.GetValues<OffTargetKind>().Where(static kind => kind >= OffTargetKind.Inverted)];

    /// <summary>Draws an image.</summary>
    /// <param name="kind">One of <see cref="Drawn"/>.</param>
    /// <param name="seed">Another seed is another image of that kind.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not drawn, or a side is not positive.</exception>
    public static GrayImage Draw(OffTargetKind kind, int seed, int width = 256, int height = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        OffTargetScene scene = OffTargetScene.Of(kind, seed) ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, $"{kind} is made of a radiograph, not drawn.");
        float[] pixels = new float[checked(width * height)];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = (float)Math.Clamp(scene.At((x + 0.5) / width, (y + 0.5) / height, x, y), 0, 1);
            }
        });
        return new GrayImage(width, height, pixels);
    }

    /// <summary>Turns a radiograph into what it should not be.</summary>
    /// <param name="kind">One of <see cref="Derived"/>.</param>
    /// <param name="image">A frontal chest radiograph.</param>
    /// <exception cref="ArgumentOutOfRangeException">The kind is drawn.</exception>
    public static GrayImage From(OffTargetKind kind, GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        int w = image.Width, h = image.Height;
        return kind switch
        {
            OffTargetKind.Inverted => Map(image, w, h, static (p, i, _, _) => 1 - p[i]),
            OffTargetKind.Rotated90 => Map(image, h, w, (p, _, x, y) => p[((h - 1 - x) * w) + y]),
            OffTargetKind.Rotated180 => Map(image, w, h, static (p, i, _, _) => p[p.Length - 1 - i]),
            OffTargetKind.Rotated270 => Map(image, h, w, (p, _, x, y) => p[(x * w) + w - 1 - y]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"{kind} is drawn, not made of a radiograph."),
        };
    }

    private static GrayImage Map(GrayImage image, int width, int height, Func<float[], int, int, int, float> at)
    {
        float[] given = image.Pixels.ToArray();
        float[] made = new float[given.Length];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = at(given, i, i % width, i / width);
        }

        return new GrayImage(width, height, made, image.Info);
    }
}
