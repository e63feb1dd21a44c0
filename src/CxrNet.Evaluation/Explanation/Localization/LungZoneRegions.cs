namespace CxrNet.Evaluation;

/// <summary>The six lung zones as regions for feature ablation, LIME and Kernel SHAP.</summary>
public static class LungZoneRegions
{
    /// <summary>Cuts the lungs into <see cref="LungZones"/>; what is outside the lungs is one more region, so that evidence there is not overlooked.</summary>
    /// <param name="segmenter">Finds the lungs on what the network sees; it stays the caller's.</param>
    public static RegionLabels Of(ILungSegmenter segmenter)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        return seen =>
        {
            int[] zones = LungZones.Of(BinaryMask.From(segmenter.Segment(seen)));

            // A zone without a pixel would leave a gap in the numbers.
            int[] there = [.. zones.Distinct().Order()];
            return Array.ConvertAll(zones, zone => Array.IndexOf(there, zone));
        };
    }
}
