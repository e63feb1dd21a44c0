using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>What the shortcut checks keep of each image.</summary>
internal sealed class ShortcutTally(string[] names)
{
    public string[] Names => names;

    public List<ManifestEntry> Entries { get; } = [];

    public List<ViewAnswer> Whole { get; } = [];

    public List<ViewAnswer> WithoutLungs { get; } = [];

    public List<ViewAnswer> LungsAlone { get; } = [];

    /// <summary>For each image the share of the map's energy in the lungs, and the lungs' share of the area; null without a map.</summary>
    public List<EnergyShare?> Energy { get; } = [];

    public List<double[]> Cues { get; } = [];

    public List<double[]> CuesOutside { get; } = [];

    public int[] Truth => [.. Entries.Select(e => Array.IndexOf(names, e.Label))];

    public void Add(ManifestEntry entry, GrayImage image, LungMask lungs, CxrPrediction whole, CxrPrediction without, CxrPrediction alone)
    {
        Whole.Add(ViewAnswer.Of(whole, names));
        WithoutLungs.Add(ViewAnswer.Of(without, names));
        LungsAlone.Add(ViewAnswer.Of(alone, names));
        Energy.Add(whole.Map is { } map ? EnergyShare.In(map.ToImageSize().Values, BinaryMask.From(lungs)) : null);
        AddCues(entry, image, lungs);
    }

    public void AddCues(ManifestEntry entry, GrayImage image, LungMask lungs)
    {
        Entries.Add(entry);
        Cues.Add(SourceCues.Of(image));
        CuesOutside.Add(SourceCues.Of(image, lungs));
    }
}
