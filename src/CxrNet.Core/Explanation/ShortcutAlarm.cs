using System.Globalization;

namespace CxrNet;

/// <summary>Warns where the evidence of a result lies outside the lungs: a network that reads the hospital's letters, a tube or the patient's arms is right for the wrong reason.</summary>
/// <remarks>A. J. DeGrave, J. D. Janizek, S.-I. Lee, Nat. Mach. Intell. 3 (2021) 610, found COVID-19 networks to do so.</remarks>
public static class ShortcutAlarm
{
    /// <summary>The share of a map's evidence (<see cref="HeatmapEvidence.ToEvidence"/>) outside the lungs.</summary>
    /// <param name="map">A map at any resolution.</param>
    /// <param name="lungs">Of the image that the map explains.</param>
    /// <returns>0 … 1; NaN for a map without a positive value.</returns>
    /// <exception cref="ArgumentException">The mask has another size than the image.</exception>
    public static double OutsideShare(Heatmap map, LungMask lungs)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(lungs);
        if (lungs.Width != map.ImageWidth || lungs.Height != map.ImageHeight)
        {
            throw new ArgumentException($"The lung mask is {lungs.Width} x {lungs.Height}, the map explains an image of {map.ImageWidth} x {map.ImageHeight}.", nameof(lungs));
        }

        using MapPlane plane = new(map.ToEvidence());
        ReadOnlySpan<float> values = plane.Values;
        ReadOnlySpan<float> inside = lungs.Probabilities;
        double outside = 0, all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double evidence = Math.Max(values[i], 0);
            all += evidence;
            outside += inside[i] >= lungs.Threshold ? 0 : evidence;
        }

        return all > 0 ? outside / all : double.NaN;
    }

    /// <summary>The warning; null where the share is within the limit, or nothing is known of it.</summary>
    /// <param name="map">The explanation of a result.</param>
    /// <param name="lungs">Of the same image. A mask without lungs warns of nothing: what was found is no chest, or the segmenter failed.</param>
    /// <param name="limit">The greatest share that is no reason to warn, 0 … 1.</param>
    public static string? Warning(Heatmap map, LungMask lungs, double limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1);
        double share = OutsideShare(map, lungs);
        return share > limit && AnyLung(lungs)
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} % of the evidence lies outside the lungs (more than {100 * limit:F0} %): the result may rest on a shortcut such as text, tubes or the image's border.")
            : null;
    }

    private static bool AnyLung(LungMask lungs)
    {
        foreach (float probability in lungs.Probabilities)
        {
            if (probability >= lungs.Threshold)
            {
                return true;
            }
        }

        return false;
    }
}
