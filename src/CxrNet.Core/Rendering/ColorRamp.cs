namespace CxrNet;

/// <summary>Colour maps that are defined by straight lines.</summary>
internal static class ColorRamp
{
    /// <summary>256 colours from three channels 0 … 1, each a function of the position 0 … 1; rounded.</summary>
    public static byte[] Sample(Func<double, double> red, Func<double, double> green, Func<double, double> blue)
    {
        byte[] rgb = new byte[768];
        for (int i = 0; i < 256; i++)
        {
            double position = i / 255.0;
            rgb[3 * i] = ToByte(red(position));
            rgb[(3 * i) + 1] = ToByte(green(position));
            rgb[(3 * i) + 2] = ToByte(blue(position));
        }

        return rgb;
    }

    /// <summary>Straight lines between knots (position, value), the first at 0 and the last at 1.</summary>
    public static Func<double, double> Through(params (double Position, double Value)[] knots) => position =>
    {
        int next = 1;
        while (next < knots.Length - 1 && position > knots[next].Position)
        {
            next++;
        }

        (double from, double low) = knots[next - 1];
        (double to, double high) = knots[next];
        return low + ((position - from) / (to - from) * (high - low));
    };

    /// <summary>A function known at n even positions, straight lines between them.</summary>
    public static Func<double, double> Coarse(int n, Func<int, double> value) => position =>
    {
        int below = Math.Min((int)(position * (n - 1)), n - 2);
        double part = (position * (n - 1)) - below;
        return (value(below) * (1 - part)) + (value(below + 1) * part);
    };

    private static byte ToByte(double value) => (byte)Math.Round(Math.Clamp(value, 0, 1) * 255);
}
