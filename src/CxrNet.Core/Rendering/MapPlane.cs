using System.Buffers;

namespace CxrNet;

/// <summary>A map at its image's size for the time of one rendering: its own values where it already has it, else enlarged into a pooled buffer.</summary>
/// <remarks>Dispose of it; a map of 5 megapixels is 20 MB that need not be new for every picture.</remarks>
internal readonly ref struct MapPlane
{
    private readonly float[]? _rented;

    /// <summary>Enlarges, as <see cref="HeatmapScaling.ToImageSize"/> does.</summary>
    public MapPlane(Heatmap map)
    {
        bool covers = map.Region == PixelRegion.Whole(map.ImageWidth, map.ImageHeight);
        if (!covers || (map.Width == map.ImageWidth && map.Height == map.ImageHeight))
        {
            Values = map.ToImageSize().Values;
            return;
        }

        int length = checked(map.ImageWidth * map.ImageHeight);
        _rented = ArrayPool<float>.Shared.Rent(length);
        Resizer.Resize(map.Values, map.Width, map.Height, _rented.AsSpan(0, length), map.ImageWidth, map.ImageHeight, ResizeFilter.Bilinear);
        Values = _rented.AsSpan(0, length);
    }

    /// <summary>One value per pixel of the image.</summary>
    public ReadOnlySpan<float> Values { get; }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<float>.Shared.Return(_rented);
        }
    }
}
