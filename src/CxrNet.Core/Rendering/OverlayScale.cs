namespace CxrNet;

/// <summary>Which map value gets the strongest colour.</summary>
public enum OverlayScale
{
    /// <summary>A stated value, 1 by default: pictures can be compared, and a map without evidence stays invisible.</summary>
    Fixed,

    /// <summary>The map's own greatest magnitude. For display only: it makes the weakest map look as strong as any other.</summary>
    Peak,

    /// <summary>A percentile of the map's magnitudes. For display only, as <see cref="Peak"/>, but a single bright pixel does not set the scale.</summary>
    Percentile,
}
