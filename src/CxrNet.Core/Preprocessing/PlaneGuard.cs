namespace CxrNet;

/// <summary>The checks at the door of every function that takes a plane as a span and two dimensions.</summary>
internal static class PlaneGuard
{
    public static void Check(int length, int width, int height, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (length != (long)width * height)
        {
            throw new ArgumentException($"{length} values given, {width} x {height} = {(long)width * height} expected.", name);
        }
    }

    /// <summary>A part of a plane, and the size that it is to have.</summary>
    public static void CheckResize(PixelRegion region, int width, int height, int newWidth, int newHeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newHeight);
        CheckInside(region, width, height);
    }

    public static void CheckInside(PixelRegion region, int width, int height)
    {
        if (region.X < 0 || region.Y < 0 || region.Width < 1 || region.Height < 1 || (long)region.X + region.Width > width || (long)region.Y + region.Height > height)
        {
            throw new ArgumentException($"The region {region} is not inside the plane of {width} x {height}.", nameof(region));
        }
    }
}
