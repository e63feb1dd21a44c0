using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli.Commands;

/// <summary>Compares a segmenter's masks with those of a manifest, over all images and by source.</summary>
internal sealed class LungEvaluationJob(ModelChoice choice, TextWriter output, TextWriter error, bool json, string? record)
{
    public async Task<int> RunAsync(string manifest, string split, CancellationToken cancellationToken)
    {
        ManifestEntry[] entries = [.. ImageManifest.Read(manifest, split).Where(e => e.LungMask is not null)];
        if (entries.Length == 0)
        {
            throw new InvalidDataException($"'{manifest}' has no mask for split '{split}'; a column 'mask' or 'lung_mask' was expected.");
        }

        using ILungSegmenter segmenter = choice.LoadSegmenter();
        List<BinaryMask> truth = [];
        List<BinaryMask> found = [];
        List<string> sources = [];
        int done = 0;
        int failed = 0;
        using (ProgressLine progress = new(error, $"evaluated '{split}'", entries.Length))
        {
            await foreach (IReadOnlyList<LoadedImage> group in DecodeAhead.InBatches([.. entries.Select(e => e.File)], choice.Batch, cancellationToken))
            {
                Queue<LungMask> masks = new(segmenter.Segment([.. group.Where(l => l.Image is not null).Select(l => l.Image!)], cancellationToken));
                foreach (LoadedImage loaded in group)
                {
                    ManifestEntry entry = entries[done++];
                    if (loaded.Image is null)
                    {
                        failed++;
                        await error.WriteLineAsync($"error: '{loaded.File}': {loaded.Error}");
                        continue;
                    }

                    truth.Add(MaskFile.Read(entry.LungMask!, loaded.Image.Width, loaded.Image.Height));
                    found.Add(BinaryMask.From(masks.Dequeue()));
                    sources.Add(entry.Source);
                }

                progress.Report(done);
            }
        }

        Report(truth, found, sources, segmenter.Card.Id, split);
        return failed > 0 ? 1 : 0;
    }

    private void Report(List<BinaryMask> truth, List<BinaryMask> found, List<string> sources, string model, string split)
    {
        SegmentationReport all = SegmentationReport.From(truth, found);
        SortedDictionary<string, SegmentationReport> groups = new(StringComparer.Ordinal);
        foreach (IGrouping<string, int> group in Enumerable.Range(0, truth.Count).GroupBy(i => sources[i].Length > 0 ? sources[i] : "unknown"))
        {
            groups.Add(group.Key, SegmentationReport.From([.. group.Select(i => truth[i])], [.. group.Select(i => found[i])]));
        }

        LungFiguresLine overall = LungFiguresLine.Of("all", all);
        CardFigures.Record(record, split, CardFigures.Of(overall));
        if (json)
        {
            output.WriteLine(JsonLines.Of(new LungEvaluationLine(model, split, overall, [.. groups.Select(g => LungFiguresLine.Of(g.Key, g.Value))])));
            return;
        }

        IAnsiConsole console = Terminal.On(output);
        console.MarkupLine($"[bold]{model.EscapeMarkup()}[/] against the masks of '{split.EscapeMarkup()}'; distances in pixels of the images as they are; 95 % intervals by bootstrap over the images");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("source");
        foreach (string heading in (string[])["images", "Dice", "IoU", "HD95", "mean surface distance"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach ((string name, SegmentationReport report) in groups.Prepend(KeyValuePair.Create("all", all)))
        {
            table.AddRow(name.EscapeMarkup(), $"{report.Overlaps.Count}", report.Dice.ToString(), report.IntersectionOverUnion.ToString(), report.Hausdorff95.ToString("F2", CultureInfo.InvariantCulture), report.AverageSurfaceDistance.ToString("F2", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }
}
