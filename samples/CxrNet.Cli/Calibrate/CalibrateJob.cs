using System.Globalization;
using CxrNet.Evaluation;
using CxrNet.Models;

namespace CxrNet.Cli;

/// <summary>From a table of scores to a refitted card.</summary>
internal static class CalibrateJob
{
    public static int Run(string scores, string file, string? source, bool probabilities, SiteCalibrationOptions options, bool force, TextWriter output, TextWriter error)
    {
        CheckTarget(scores, file, source, force);
        CxrModelCard card = source switch
        {
            null => BundledModels.CxrNetS.Card,
            _ when IsJson(source) => CxrModelCardJson.Parse(File.ReadAllText(source), source),
            _ => CardFile.Read(source),
        };
        string[] names = [.. card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name)];
        using StreamReader reader = new(scores);
        (SiteCalibrationResult result, int images) = card.Activation == FindingActivation.Softmax
            ? Refit(card, LabelledScores.ReadCsv(reader, names, scores), probabilities, scores, options)
            : Refit(card, MultiLabelScores.ReadCsv(reader, names, scores), probabilities, scores, options, error);
        WholeFile.WriteText(file, result.Card.ToJson() + "\n");
        Report(card, result, images, file, options, output);
        return 0;
    }

    private static (SiteCalibrationResult Result, int Images) Refit(CxrModelCard card, LabelledScores table, bool probabilities, string source, SiteCalibrationOptions options)
    {
        RequireRows(table.Truth.Count, source);
        return (SiteCalibration.Refit(card, Logits(table.Scores, card, probabilities, source), table.Truth, options), table.Truth.Count);
    }

    private static (SiteCalibrationResult Result, int Images) Refit(CxrModelCard card, MultiLabelScores table, bool probabilities, string source, SiteCalibrationOptions options, TextWriter error)
    {
        RequireRows(table.Files.Count, source);
        UnknownLabels.Check(table.Truth, table.Scores.Names, card, $"'{source}': no label names a finding of", error);
        return (SiteCalibration.RefitMultiLabel(card, Logits(table.Scores, card, probabilities, source), table.Truth.Rows, options), table.Files.Count);
    }

    private static void RequireRows(int rows, string source)
    {
        if (rows == 0)
        {
            throw new InvalidDataException($"'{source}' has a header and no row.");
        }
    }

    private static void Report(CxrModelCard card, SiteCalibrationResult result, int images, string file, SiteCalibrationOptions options, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: '{card.Id}' refitted on {images} images; temperature {card.Temperature:F3} to {result.Card.Temperature:F3}{Kept(result)}, ECE {result.Card.Metrics["site.ece15.before"]:F3} to {result.Card.Metrics["site.ece15.after"]:F3}."));
        if (card.Activation == FindingActivation.Softmax)
        {
            string level = result.Card.Abstain is { } abstain ? string.Create(CultureInfo.InvariantCulture, $"below a probability of {1 - abstain.Quantile:F3} ({abstain.Provenance})") : "never";
            int least = ConformalSets.LeastCases(options.Alpha);
            output.WriteLine($"  a finding is excluded {level}{(images < least ? $"; kept, {images} images are too few, {least} or more were expected" : "")}");
        }

        foreach ((CardFinding finding, OperatingPoint? point) in result.Card.Findings.Where(static f => f.IsTrained).Zip(result.OperatingPoints))
        {
            string from = point is not null ? finding.ThresholdProvenance : finding.ThresholdProvenance.Length > 0 ? $"kept, too few cases: {finding.ThresholdProvenance}" : "kept, too few cases";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {finding.Name}: positive from {finding.Threshold:F3} ({from})"));
        }
    }

    private static void CheckTarget(string scores, string file, string? source, bool force)
    {
        bool isCard = source is not null && IsJson(source);
        WholeFile.RequireOther(file, "--out", scores, isCard ? null : source);
        if (isCard && Path.GetFullPath(file) == Path.GetFullPath(source!) && !force)
        {
            throw new IOException($"--out '{file}' is the card that is refitted; --force writes over it, another name keeps both.");
        }

        WholeFile.RequireFolder(file);
    }

    private static bool IsJson(string file) => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase);

    private static string Kept(SiteCalibrationResult result) => result switch
    {
        { Temperature.IsAtBound: true } => " (kept: the scores say nothing of it)",
        { KeepsTemperature: true } => " (kept: an operating point or abstain level that was drawn at it has too few cases to be drawn anew)",
        _ => "",
    };

    private static ScoreTable Logits(ScoreTable given, CxrModelCard card, bool probabilities, string source)
    {
        bool sums = card.Activation == FindingActivation.Softmax;
        string range = sums ? "lies in 0 to 1 and sums to 1" : "lies in 0 to 1";
        bool look = Enumerable.Range(0, given.Count).All(i => given.Row(i).ToArray() is { } row && row.All(static v => v is >= 0 and <= 1) && (!sums || Math.Abs(row.Sum() - 1) < 1e-2));
        return (probabilities, look) switch
        {
            (false, true) => throw new InvalidDataException($"'{source}': every row {range}, so these are probabilities; add --probabilities, or give logits."),
            (true, false) => throw new InvalidDataException($"'{source}': not every row {range}, so these are no probabilities; leave --probabilities out for logits."),
            (true, true) => given.ToLogits(card.Activation, card.Temperature),
            _ => given,
        };
    }
}
