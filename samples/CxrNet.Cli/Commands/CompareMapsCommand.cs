using System.CommandLine;

namespace CxrNet.Cli.Commands;

internal static class CompareMapsCommand
{
    public static Command Create()
    {
        Option<string?> data = new("--data", "-d") { Description = "A CSV manifest with the columns file, label and split (lung_mask or mask where there is one).", HelpName = "CSV" };
        Option<int?> phantom = new("--phantom") { Description = "Compare on so many drawn chests instead, whose lesions are known exactly.", HelpName = "N" };
        Option<string> split = new("--split", "-s") { Description = "Which rows.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<int> limit = Shared.AtLeast(1, new("--limit") { Description = "At most so many images, evenly of every label.", DefaultValueFactory = _ => 200, HelpName = "N" });
        Option<string> methods = new("--methods") { Description = $"Methods, separated by commas, or all: {string.Join(", ", ExplanationMethods.All.Select(m => m.Name))}.", DefaultValueFactory = _ => "all", HelpName = "A,B" };
        Option<string?> target = new("--target", "-t") { Description = "top (default for files) explains the most probable finding of each image, label (default for phantoms) its label; or a finding's name.", HelpName = "top|label|NAME" };
        Option<string> folder = new("--out", "-o") { Description = "Writes maps.csv, maps.json and maps.html there. The page holds pictures of the images.", Required = true, HelpName = "DIR" };
        Option<int> pictures = Shared.AtLeast(0, new("--pictures") { Description = "Images of each label in the page's grid.", DefaultValueFactory = _ => 1, HelpName = "N" });
        Option<int> steps = Shared.AtLeast(2, new("--steps") { Description = "Steps of the insertion and deletion curves.", DefaultValueFactory = _ => 48, HelpName = "N" });
        Option<bool> steady = new("--steady") { Description = "Also max-sensitivity and repeatability, which explain every image four times more." };
        Option<string?> lungs = ExplainCommand.Lungs();
        Option<int> masks = ExplainCommand.Masks();
        Option<int> seed = Shared.AtLeast(0, new("--seed") { Description = "Random masks, phantoms and intervals follow from it.", DefaultValueFactory = _ => 1, HelpName = "N" });
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<int> threads = Shared.Threads();
        Command command = new("compare-maps", "Judges explanation methods side by side on labelled X-rays or on drawn ones.")
        {
            data, phantom, split, limit, methods, target, folder, pictures, steps, steady, lungs, masks, seed, model, backend, threads,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(data) is null) == (result.GetValue(phantom) is null))
            {
                result.AddError("Either --data with a manifest or --phantom with a number is expected.");
            }
        });
        command.SetAction((parsed, cancellationToken) => Task.FromResult(new CompareMapsJob(
            new CompareMapsRequest
            {
                Model = new ModelChoice(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), 16),
                Manifest = parsed.GetValue(data),
                Split = parsed.GetValue(split)!,
                Limit = parsed.GetValue(limit),
                Phantoms = parsed.GetValue(phantom),
                Methods = parsed.GetValue(methods)!,
                Target = parsed.GetValue(target),
                Folder = parsed.GetValue(folder)!,
                Pictures = parsed.GetValue(pictures),
                Steps = parsed.GetValue(steps),
                Steady = parsed.GetValue(steady),
                Lungs = parsed.GetValue(lungs),
                Masks = parsed.GetValue(masks),
                Seed = (ulong)parsed.GetValue(seed),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run(cancellationToken)));
        return command;
    }
}
