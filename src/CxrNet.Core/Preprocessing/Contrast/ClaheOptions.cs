namespace CxrNet;

/// <summary>How far CLAHE may go.</summary>
public sealed record ClaheOptions
{
    /// <summary>Clip limit 2, 8 x 8 tiles.</summary>
    public static ClaheOptions Default { get; } = new();

    /// <summary>How many times its fair share a grey level may have in a tile's histogram, above 0; 2 by default, OpenCV's own default is 40.</summary>
    public double ClipLimit { get; init; } = 2;

    /// <summary>Tiles across; 8 by default.</summary>
    public int TilesX { get; init; } = 8;

    /// <summary>Tiles down; 8 by default.</summary>
    public int TilesY { get; init; } = 8;
}
