namespace CxrNet.Cli;

/// <summary>The lungs of one image; sides are the patient's, so the right lung is on the image's left.</summary>
internal sealed record LungsLine(string File, string Model, string Backend, string Mask, int Width, int Height, double AreaShare, BoxLine? Box, LungLine Right, LungLine Left)
{
    /// <param name="file">The image.</param>
    /// <param name="model">The card's id.</param>
    /// <param name="backend">The engine.</param>
    /// <param name="mask">The mask's file.</param>
    /// <param name="inside">width x height bytes, 1 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static LungsLine From(string file, string model, string backend, string mask, byte[] inside, int width, int height)
    {
        byte[] onLeft = new byte[inside.Length];
        byte[] onRight = new byte[inside.Length];
        LungSides.Split(inside, width, height, onLeft, onRight);
        LungLine both = LungLine.Of(inside, width, height);
        return new LungsLine(file, model, backend, mask, width, height, both.AreaShare, both.Box, LungLine.Of(onLeft, width, height), LungLine.Of(onRight, width, height));
    }
}

/// <summary>One lung: its share of the image's area, and its box, null where there is none.</summary>
internal sealed record LungLine(double AreaShare, BoxLine? Box)
{
    public static LungLine Of(byte[] inside, int width, int height) => new(
        Math.Round((double)(inside.Length - inside.AsSpan().Count((byte)0)) / inside.Length, 5),
        MaskBounds.Of(inside, width, height) is { } box ? new BoxLine(box.X, box.Y, box.Width, box.Height) : null);
}

/// <summary>Columns and rows of a box in the image's pixels.</summary>
internal sealed record BoxLine(int X, int Y, int Width, int Height);
