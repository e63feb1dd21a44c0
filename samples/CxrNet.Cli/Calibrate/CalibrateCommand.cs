using System.CommandLine;

namespace CxrNet.Cli;

internal static class CalibrateCommand
{
    public static Command Create()
    {
        Argument<string> scores = new("scores") { Description = "Comma-separated values with the columns label and one per finding: logits, as 'evaluate --scores' writes them. For findings that do not exclude each other a label names any number of them, with '|' between.", HelpName = "CSV" };
        Option<string> file = new("--out", "-o") { Description = "The card to write; beside a model without a card, as NAME.card.json, or with --card of the other commands.", Required = true, HelpName = "FILE" };
        Option<string?> model = Shared.Model();
        Option<string?> card = new("--card") { Description = "The card to refit; default: the model's own.", HelpName = "FILE" };
        Option<bool> probabilities = new("--probabilities") { Description = "The columns are probabilities at the card's own temperature, not logits." };
        Option<string> site = new("--site") { Description = "Where the scores come from, for the card's provenance; name no person.", DefaultValueFactory = _ => "site", HelpName = "NAME" };
        Option<string> rule = new("--rule") { Description = "Which operating point becomes the one in use.", DefaultValueFactory = _ => "youden" };
        rule.AcceptOnlyFromAmong("youden", "sensitivity");
        Option<double> sensitivity = Shared.Share(new("--sensitivity") { Description = "What the second operating point must find.", DefaultValueFactory = _ => 0.95, HelpName = "0..1" });
        Option<double> alpha = Shared.Share(new("--alpha") { Description = "The share of prediction sets that may miss the truth.", DefaultValueFactory = _ => 0.1, HelpName = "0..1" });
        Option<bool> force = new("--force") { Description = "Write over the card that is refitted." };
        Command command = new("calibrate", "Refits temperature, operating points and the abstain level of a card to a site's own scores.") { scores, file, model, card, probabilities, site, rule, sensitivity, alpha, force };
        command.Validators.Add(result => result.RefuseBeside(card, model));
        command.SetAction(parsed => CalibrateJob.Run(
            parsed.GetValue(scores)!,
            parsed.GetValue(file)!,
            parsed.GetValue(card) ?? parsed.GetValue(model),
            parsed.GetValue(probabilities),
            new Evaluation.SiteCalibrationOptions
            {
                Site = parsed.GetValue(site)!,
                Rule = parsed.GetValue(rule) == "youden" ? Evaluation.OperatingPointRule.Youden : Evaluation.OperatingPointRule.Sensitivity,
                Sensitivity = parsed.GetValue(sensitivity),
                Alpha = parsed.GetValue(alpha),
            },
            parsed.GetValue(force),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error));
        return command;
    }
}
