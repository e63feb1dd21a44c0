using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>A card for people.</summary>
internal static class CardTable
{
    public static void Write(IAnsiConsole console, CxrModelCard card)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("field").NoWrap()).AddColumn("value");
        void Row(string field, string value)
        {
            if (value.Length > 0)
            {
                table.AddRow($"[bold]{field}[/]", value.EscapeMarkup());
            }
        }

        Row("model", card.Id);
        Row("description", card.Description);
        Row("task", card.Task.ToString());
        Row("findings", string.Join("\n", card.Findings.Select(Describe)));
        Row("scores", string.Create(CultureInfo.InvariantCulture, $"{card.Activation} of the logits over temperature {card.Temperature}"));
        Row("input", $"{card.Input.Width} x {card.Input.Height}, {card.Input.Channels} channel(s), {card.Input.Geometry}, {card.Input.Filter}, {card.Input.Normalization.Kind}, lungs {card.Input.Lungs}");
        Row("own map", card.Outputs.Map is null ? "none" : "yes, of the same forward pass");
        Row("does not know", card.Abstain is { } abstain ? string.Create(CultureInfo.InvariantCulture, $"where not exactly one finding has 1 - probability of at most {abstain.Quantile:0.###} (alpha {abstain.Alpha}; {abstain.Provenance})") : "");
        Row("input guard", card.Guard is { } guard ? $"{string.Join(" and ", guard.Parts.Select(static p => $"{p.Length} numbers of {p.Source}"))}; {guard.Provenance}" : "");
        Row("intended use", card.IntendedUse);
        Row("limits", string.Join("\n", card.Limitations));
        Row("trained on", string.Join("\n", card.TrainingData.Select(d => $"{d.Name}: {d.Images} images, {d.License}, {d.Reference}")));
        Row("figures", string.Join("\n", card.Metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value:0.####}"))));
        Row("licence", card.License);
        Row("weights", card.WeightsSha256.Length > 0 ? $"SHA-256 {card.WeightsSha256}" : "");
        console.Write(table);
        console.MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
    }

    private static string Describe(CardFinding finding)
    {
        if (!finding.IsTrained)
        {
            return "(an output that was never trained)";
        }

        string provenance = finding.ThresholdProvenance.Length > 0 ? $" ({finding.ThresholdProvenance})" : "";
        string others = string.Concat(finding.OperatingPoints.Select(p => string.Create(CultureInfo.InvariantCulture, $"\n  {p.Rule}: {p.Threshold:0.###}, sensitivity {p.Sensitivity:0.###}, specificity {p.Specificity:0.###}")));
        return string.Create(CultureInfo.InvariantCulture, $"{finding.Name}, positive from {finding.Threshold}{provenance}{others}");
    }
}
