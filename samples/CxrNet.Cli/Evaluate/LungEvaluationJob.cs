using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>Compares a segmenter's masks with those of a manifest, over all images and by source.</summary>
internal sealed class LungEvaluationJob(ModelChoice choice, TextWriter output, TextWriter error, bool json, string? record)
{
    private readonly List<MaskOverlap> _overlaps = [];
    private readonly List<SurfaceDistances?> _distances = [];
    private readonly List<ManifestEntry> _read = [];
    private readonly ManifestImages _images = new(choice.Batch, error);

    public async Task<int> RunAsync(string manifest, string split, CancellationToken cancellationToken)
    {
        CardFigures.Check(record);
        ManifestEntry[] entries = [.. ImageManifest.Read(manifest, split).Where(e => e.LungMask is not null)];
        if (entries.Length == 0)
        {
            throw new InvalidDataException($"'{manifest}' has no mask for split '{split}'; a column 'mask' or 'lung_mask' was expected.");
        }

        using ILungSegmenter segmenter = choice.LoadSegmenter();
        CardFigures.Check(record, segmenter.Card);
        await _images.EachAsync(entries, $"evaluated '{split}'", rows => Compare(segmenter, rows, cancellationToken), cancellationToken);
        ManifestScoring.RequireSome(_read.Count, entries.Length, split);
        Report(segmenter.Card, split);
        return _images.Failed > 0 ? 1 : 0;
    }

    // Masks go as soon as they are measured: those of a whole split would fill the memory.
    private void Compare(ILungSegmenter segmenter, IReadOnlyList<(ManifestEntry Entry, GrayImage Image)> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<LungMask> masks = segmenter.Segment([.. rows.Select(static row => row.Image)], cancellationToken);
        foreach (((ManifestEntry entry, GrayImage image), LungMask mask) in rows.Zip(masks))
        {
            try
            {
                BinaryMask truth = MaskFile.Read(entry.LungMask!, image.Width, image.Height), found = BinaryMask.From(mask);
                _overlaps.Add(MaskOverlap.Of(truth, found));
                _distances.Add(SurfaceDistances.Between(truth, found, PixelSpacing.Pixels));
                _read.Add(entry);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                _images.Fail(OneLine.Of(e));
            }
        }
    }

    private void Report(CxrModelCard model, string split)
    {
        int[] patients = Patients.Of(_read);
        SegmentationReport Over(IReadOnlyCollection<int> rows) => SegmentationReport.Of([.. rows.Select(i => _overlaps[i])], [.. rows.Select(i => _distances[i])], new BootstrapOptions { Clusters = [.. rows.Select(i => patients[i])] });
        SegmentationReport all = Over([.. Enumerable.Range(0, _read.Count)]);
        SortedDictionary<string, SegmentationReport> groups = new(StringComparer.Ordinal);
        foreach (IGrouping<string, int> group in Enumerable.Range(0, _read.Count).GroupBy(i => _read[i].Source.Length > 0 ? _read[i].Source : "unknown"))
        {
            groups.Add(group.Key, Over([.. group]));
        }

        LungFiguresLine overall = LungFiguresLine.Of("all", all);
        if (json)
        {
            output.WriteLine(JsonLines.Of(new LungEvaluationLine(model.Id, split, overall, [.. groups.Select(g => LungFiguresLine.Of(g.Key, g.Value))], Patients.HaveSeveralImages(patients) ? "patients" : "images")));
        }
        else
        {
            Print(model.Id, split, Patients.Described(patients, "by bootstrap over the images"), groups.Prepend(KeyValuePair.Create("all", all)));
        }

        CardFigures.Record(record, split, model, CardFigures.Of(overall));
    }

    private void Print(string model, string split, string intervals, IEnumerable<KeyValuePair<string, SegmentationReport>> groups)
    {
        IAnsiConsole console = Terminal.On(output);
        console.MarkupLine($"[bold]{model.EscapeMarkup()}[/] against the masks of '{split.EscapeMarkup()}'; distances in pixels of the images as they are; {intervals}");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("source");
        foreach (string heading in (string[])["images", "Dice", "IoU", "HD95", "mean surface distance"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach ((string name, SegmentationReport report) in groups)
        {
            table.AddRow(name.EscapeMarkup(), $"{report.Overlaps.Count}", report.Dice.ToString(), report.IntersectionOverUnion.ToString(), report.Hausdorff95.ToString("F2", CultureInfo.InvariantCulture), report.AverageSurfaceDistance.ToString("F2", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }
}
