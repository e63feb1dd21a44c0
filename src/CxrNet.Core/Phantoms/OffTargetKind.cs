namespace CxrNet;

/// <summary>Images that a chest network should refuse.</summary>
public enum OffTargetKind
{
    /// <summary>Independent grey levels, near normal.</summary>
    WhiteNoise,

    /// <summary>Black and white pixels.</summary>
    SaltAndPepper,

    /// <summary>Squares of random grey levels.</summary>
    BlockNoise,

    /// <summary>Soft clouds of many scales.</summary>
    Clouds,

    /// <summary>Bars of random width and grey level.</summary>
    Stripes,

    /// <summary>A ramp from one corner or side to the other.</summary>
    Gradient,

    /// <summary>A page of dark writing on white.</summary>
    TextPage,

    /// <summary>A drawn photograph: sky, hills, a house.</summary>
    Landscape,

    /// <summary>A drawn photograph: a face before a wall.</summary>
    Portrait,

    /// <summary>An axial slice of a chest as a computed tomograph shows it.</summary>
    CtSlice,

    /// <summary>A radiograph of a hand.</summary>
    Hand,

    /// <summary>A chest radiograph from the side.</summary>
    LateralChest,

    /// <summary>A given radiograph with black and white exchanged.</summary>
    Inverted,

    /// <summary>A given radiograph turned by 90° clockwise.</summary>
    Rotated90,

    /// <summary>A given radiograph upside down.</summary>
    Rotated180,

    /// <summary>A given radiograph turned by 90° anticlockwise.</summary>
    Rotated270,
}
