using System.CommandLine;

namespace CxrNet.Cli;

internal static class RandomizeCommand
{
    public static Command Create()
    {
        Option<string?> data = new("--data", "-d") { Description = "A CSV manifest with the columns file, label and split.", HelpName = "CSV" };
        Option<int?> phantom = Shared.AtLeastIfGiven(1, new("--phantom") { Description = "So many drawn chests instead.", HelpName = "N" });
        Option<string> split = new("--split", "-s") { Description = "Which rows.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<int> limit = Shared.AtLeast(1, new("--limit") { Description = "At most so many images, evenly of every label.", DefaultValueFactory = _ => 12, HelpName = "N" });
        Option<string> methods = new("--methods") { Description = "Methods, separated by commas, or all; those that 'explain' knows. Of the default those that do not go with the model are left out.", DefaultValueFactory = _ => "network,hirescam,eigencam,fem,reciprocam,occlusion,random,lungs", HelpName = "A,B" };
        Option<int> stages = Shared.AtLeast(1, new("--stages") { Description = "In so many steps the layers lose their weights, from the head down.", DefaultValueFactory = _ => 8, HelpName = "N" });
        Option<string?> shuffled = new("--shuffled-labels") { Description = "A model of the same kind that was trained on shuffled labels (train --shuffle-labels): the label randomisation test.", HelpName = "FILE" };
        Option<string?> target = new("--target", "-t") { Description = "top (default) explains the finding that the trained network finds most probable; or a finding's name.", HelpName = "top|label|NAME" };
        Option<string> folder = new("--out", "-o") { Description = "Writes randomize.csv, randomize.json and randomize.html there.", Required = true, HelpName = "DIR" };
        Option<string?> lungs = ExplainCommand.Lungs();
        Option<string[]> layers = ExplainCommand.Layers();
        Option<string?> features = ExplainCommand.Features();
        Option<int> masks = ExplainCommand.Masks();
        Option<int> seed = Shared.AtLeast(0, new("--seed") { Description = "Orders of weights, random masks and intervals follow from it.", DefaultValueFactory = _ => 1, HelpName = "N" });
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<int> threads = Shared.Threads();
        Command command = new("randomize", "Asks whether maps follow the network: it forgets layer after layer, or learned shuffled labels, and its maps are compared with those it gave (Adebayo et al. 2018).")
        {
            data, phantom, split, limit, methods, stages, shuffled, target, folder, layers, features, lungs, masks, seed, model, backend, threads,
        };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(data) == result.IsGiven(phantom))
            {
                result.AddError("Either --data with a manifest or --phantom with a number is expected.");
            }

            result.RefuseBeside(phantom, split, limit);
        });
        command.SetStoppableAction((parsed, cancellationToken) => new RandomizeJob(
            new CompareMapsRequest
            {
                Model = new ModelChoice(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), 16),
                Manifest = parsed.GetValue(data),
                Split = parsed.GetValue(split)!,
                Limit = parsed.GetValue(limit),
                Phantoms = parsed.GetValue(phantom),
                Methods = parsed.GetValue(methods)!,
                IsDefaultOfMethods = !parsed.CommandResult.IsGiven(methods),
                Target = parsed.GetValue(target) ?? "top",
                Folder = parsed.GetValue(folder)!,
                Lungs = parsed.GetValue(lungs),
                Layers = ExplainCommand.Names(parsed.GetValue(layers)),
                Features = parsed.GetValue(features),
                Masks = parsed.GetValue(masks),
                Seed = (ulong)parsed.GetValue(seed),
            },
            parsed.GetValue(stages),
            parsed.GetValue(shuffled),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run(cancellationToken));
        return command;
    }
}
