namespace CxrNet.Evaluation;

/// <summary>The share of a map's positive energy that lies in a region, beside the region's share of the area.</summary>
/// <param name="Share">0 … 1; NaN for a map without a positive value.</param>
/// <param name="BaseRate">The region's share of the pixels: what a map that knows nothing reaches.</param>
public readonly record struct EnergyShare(double Share, double BaseRate)
{
    /// <summary>Share / base rate: 1 where the map prefers nothing. NaN for an empty region.</summary>
    public double Lift => Ratio.OrNaN(Share, BaseRate);

    /// <summary>The share outside: above a stated limit it is a reason to warn of a shortcut.</summary>
    public double Outside => 1 - Share;

    /// <summary><c>sum(max(map, 0) in mask) / sum(max(map, 0))</c>: H. Wang et al., Score-CAM, CVPRW 2020 (arXiv 1910.01279), "energy-based pointing game".</summary>
    /// <param name="map">One value per pixel of the mask.</param>
    /// <param name="mask">For example the lungs.</param>
    /// <exception cref="ArgumentException">The map has another size than the mask, or holds NaN.</exception>
    public static EnergyShare In(ReadOnlySpan<float> map, BinaryMask mask)
    {
        MapGuard.Check(map, mask);
        double inside = 0;
        double all = 0;
        for (int i = 0; i < map.Length; i++)
        {
            double energy = Math.Max(map[i], 0);
            all += energy;
            inside += mask.Pixels[i] ? energy : 0;
        }

        return new EnergyShare(Ratio.OrNaN(inside, all), (double)mask.Count / map.Length);
    }

    /// <summary>The shares of regions that are numbered.</summary>
    /// <param name="map">One value per pixel.</param>
    /// <param name="zones">The number of each pixel's region, 0 or more; see <see cref="LungZones"/>.</param>
    /// <returns>One share per number that occurs, in ascending order.</returns>
    public static IReadOnlyDictionary<int, EnergyShare> ByZone(ReadOnlySpan<float> map, ReadOnlySpan<int> zones)
    {
        MapGuard.Check(map, zones.Length, 1);
        int count = zones.Length;
        SortedDictionary<int, (double Energy, int Pixels)> sums = [];
        double all = 0;
        for (int i = 0; i < map.Length; i++)
        {
            double energy = Math.Max(map[i], 0);
            all += energy;
            (double soFar, int pixels) = sums.GetValueOrDefault(zones[i]);
            sums[zones[i]] = (soFar + energy, pixels + 1);
        }

        return sums.ToDictionary(s => s.Key, s => new EnergyShare(Ratio.OrNaN(s.Value.Energy, all), (double)s.Value.Pixels / count));
    }
}
