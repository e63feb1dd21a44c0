using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>How often the input guard refuses radiographs of a split, and how often images that are none: drawn ones, and the split's own turned or inverted.</summary>
internal sealed class GuardEvaluationJob(ModelChoice choice, TextWriter output, TextWriter error, bool json, string? record)
{
    private const int DrawnOfEachKind = 100;
    private const int MostOfEachDerivedKind = 200;

    public async Task<int> RunAsync(string manifest, string split, CancellationToken cancellationToken)
    {
        CardFigures.Check(record);
        IReadOnlyList<ManifestEntry> entries = ImageManifest.Read(manifest, split);
        using ICxrClassifier classifier = choice.Load();
        if (classifier.Card.Guard is null)
        {
            throw new CxrModelException(classifier.Card.Id, $"'{classifier.Card.Id}' has no input guard in its card; 'cxrnet export --calibrate' fits one.");
        }

        CxrModelCard own = choice.OwnCard(classifier.Card);
        CardFigures.Check(record, own);
        ManifestScoring scoring = new(classifier, choice.Batch, error);
        List<(string Source, float Distance)> radiographs = [];
        List<ManifestEntry> read = [];
        await scoring.RunAsync(
            entries,
            $"measured '{split}'",
            (entry, _, p) =>
            {
                read.Add(entry);
                radiographs.Add((entry.Source, p.Distance!.Value));
            },
            null,
            cancellationToken);
        ManifestScoring.RequireSome(read.Count, entries.Count, split);
        Dictionary<OffTargetKind, List<float>> others = [];
        ManifestEntry[] some = [.. read.Where((_, i) => i % Math.Max(1, (read.Count + MostOfEachDerivedKind - 1) / MostOfEachDerivedKind) == 0)];
        foreach (OffTargetKind kind in OffTargetImage.Derived)
        {
            List<float> distances = others[kind] = [];
            await scoring.RunAsync(some, $"measured {kind}", (_, _, p) => distances.Add(p.Distance!.Value), (_, image) => OffTargetImage.From(kind, image), cancellationToken);
        }

        foreach (OffTargetKind kind in OffTargetImage.Drawn)
        {
            others[kind] = [.. Enumerable.Range(1, DrawnOfEachKind).Chunk(choice.Batch).SelectMany(seeds => classifier.Classify([.. seeds.Select(seed => OffTargetImage.Draw(kind, seed))], cancellationToken)).Select(p => p.Distance!.Value)];
        }

        Report(classifier.Card.Id, own, split, radiographs, others);
        return scoring.Failed > 0 ? 1 : 0;
    }

    private void Report(string model, CxrModelCard own, string split, List<(string Source, float Distance)> radiographs, Dictionary<OffTargetKind, List<float>> others)
    {
        GuardLine alarms = GuardLine.Of($"radiographs of '{split}'", [.. radiographs.Select(r => r.Distance)]);
        GuardLine[] bySource = [.. radiographs.GroupBy(r => r.Source).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => GuardLine.Of(g.Key, [.. g.Select(r => r.Distance)]))];
        GuardLine[] byKind = [.. others.OrderBy(o => o.Key).Select(o => GuardLine.Of(o.Key.ToString(), o.Value))];
        GuardLine all = GuardLine.Of("no radiographs, all kinds", [.. others.Values.SelectMany(static d => d)]);
        double perKind = byKind.Average(static k => k.Refused);
        GuardEvaluationLine line = new(model, split, alarms, bySource, all, perKind, byKind);
        if (json)
        {
            output.WriteLine(JsonLines.Of(line));
        }
        else
        {
            Print(line);
        }

        CardFigures.Record(record, split, own, CardFigures.Of(line));
    }

    private void Print(GuardEvaluationLine line)
    {
        IAnsiConsole console = Terminal.On(output);
        console.MarkupLine($"[bold]{line.Model.EscapeMarkup()}[/]: what its input guard refuses (distance above 1)");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("images");
        foreach (string heading in (string[])["count", "refused", "Wilson 95 %", "least", "median", "greatest distance"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (GuardLine row in (GuardLine[])[line.Radiographs, .. line.BySource, line.NoRadiographs, .. line.ByKind])
        {
            table.AddRow(row.Name.EscapeMarkup(), $"{row.N}", Percent(row.Refused), $"{Percent(row.Low)} to {Percent(row.High)}", F2(row.Least), F2(row.Median), F2(row.Greatest));
        }

        console.Write(table);
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"mean over the kinds: {Percent(line.MeanOverKinds)} refused"));
    }

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static string F2(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
