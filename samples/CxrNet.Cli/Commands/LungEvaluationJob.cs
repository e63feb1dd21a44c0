using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli.Commands;

/// <summary>Compares a segmenter's masks with those of a manifest, over all images and by source.</summary>
internal sealed class LungEvaluationJob(ModelChoice choice, TextWriter output, TextWriter error, bool json, string? record)
{
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
        List<BinaryMask> truth = [];
        List<BinaryMask> found = [];
        List<ManifestEntry> read = [];
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
                    LungMask? mask = loaded.Image is null ? null : masks.Dequeue();
                    if (Truth(entry, loaded, out string? cause) is not { } human)
                    {
                        failed++;
                        await error.WriteLineAsync($"error: {cause}");
                        continue;
                    }

                    truth.Add(human);
                    found.Add(BinaryMask.From(mask!));
                    read.Add(entry);
                }

                progress.Report(done);
            }
        }

        ManifestScoring.RequireSome(read.Count, entries.Length, split);
        Report(truth, found, read, segmenter.Card, split);
        return failed > 0 ? 1 : 0;
    }

    // Null, and why, where image or mask cannot be read: one bad file does not stop the rest.
    private static BinaryMask? Truth(ManifestEntry entry, LoadedImage loaded, out string? cause)
    {
        cause = loaded.Image is null ? $"'{loaded.File}': {loaded.Error}" : null;
        if (loaded.Image is not { } image)
        {
            return null;
        }

        try
        {
            return MaskFile.Read(entry.LungMask!, image.Width, image.Height);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            cause = OneLine.Of(e);
            return null;
        }
    }

    private void Report(List<BinaryMask> truth, List<BinaryMask> found, List<ManifestEntry> read, CxrModelCard model, string split)
    {
        int[] patients = Patients.Of(read);
        SegmentationReport Over(IReadOnlyCollection<int> rows) => SegmentationReport.From([.. rows.Select(i => truth[i])], [.. rows.Select(i => found[i])], null, new BootstrapOptions { Clusters = [.. rows.Select(i => patients[i])] });
        SegmentationReport all = Over([.. Enumerable.Range(0, truth.Count)]);
        SortedDictionary<string, SegmentationReport> groups = new(StringComparer.Ordinal);
        foreach (IGrouping<string, int> group in Enumerable.Range(0, truth.Count).GroupBy(i => read[i].Source.Length > 0 ? read[i].Source : "unknown"))
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
