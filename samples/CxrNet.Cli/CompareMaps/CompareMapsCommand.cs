using System.CommandLine;

namespace CxrNet.Cli;

internal static class CompareMapsCommand
{
    public static Command Create()
    {
        Option<string?> data = new("--data", "-d") { Description = "A CSV manifest with the columns file, label and split (lung_mask or mask, and lesion_mask, where there are any).", HelpName = "CSV" };
        Option<int?> phantom = Shared.AtLeastIfGiven(1, new("--phantom") { Description = "Compare on so many drawn chests instead, whose lesions are known exactly.", HelpName = "N" });
        Option<string> split = new("--split", "-s") { Description = "Which rows.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<int> limit = Shared.AtLeast(1, new("--limit") { Description = "At most so many images, evenly of every label.", DefaultValueFactory = _ => 200, HelpName = "N" });
        Option<string> methods = new("--methods") { Description = $"Methods, separated by commas, or all (hyphens, underscores and capitals do not matter): {string.Join(", ", ExplanationMethods.All.Select(m => m.Name))}.", DefaultValueFactory = _ => "all", HelpName = "A,B" };
        Option<string?> target = new("--target", "-t") { Description = "top (default for files) explains the most probable finding of each image, label (default for phantoms) its label; or a finding's name.", HelpName = "top|label|NAME" };
        Option<string> folder = new("--out", "-o") { Description = "Writes maps.csv, maps.json and maps.html there, and what is known of each image, so that a run which was stopped goes on. The page holds pictures of the images.", Required = true, HelpName = "DIR" };
        Option<int> pictures = Shared.AtLeast(0, new("--pictures") { Description = "Images of each label in the page's grid.", DefaultValueFactory = _ => 1, HelpName = "N" });
        Option<int> steps = Shared.AtLeast(2, new("--steps") { Description = "Steps of the insertion and deletion curves.", DefaultValueFactory = _ => 24, HelpName = "N" });
        Option<bool> steady = new("--steady") { Description = "Also max-sensitivity and repeatability, which explain every image five times more." };
        Option<double> minutes = new("--minutes") { Description = "Time for all; methods that are too slow for every image get as many as it lasts for, and the tables say how many. The same command goes on with the rest. 0 is no limit.", DefaultValueFactory = _ => 60, HelpName = "X" };
        Option<int> parallel = Shared.AtLeast(0, new("--parallel") { Description = "Images at a time, each with engines of its own; 0 is one for each processor that --threads leaves (one thread each where --threads is 0).", DefaultValueFactory = _ => 0, HelpName = "N" });
        Option<bool> restart = new("--restart") { Description = "Takes away the results of other settings in --out instead of refusing to mix them." };
        Option<string?> evaluator = new("--evaluator") { Description = "A classifier that was trained on randomly masked images (export --encoder-alone of such a run): EVAL-X asks it for the label of what each map keeps, and of the rest.", HelpName = "FILE" };
        Option<string?> lungs = ExplainCommand.Lungs();
        Option<string[]> layers = ExplainCommand.Layers();
        Option<string?> features = ExplainCommand.Features();
        Option<int> masks = ExplainCommand.Masks();
        Option<int> seed = Shared.AtLeast(0, new("--seed") { Description = "Random masks, phantoms and intervals follow from it.", DefaultValueFactory = _ => 1, HelpName = "N" });
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<int> threads = Shared.Threads();
        Command command = new("compare-maps", "Judges explanation methods side by side on labelled X-rays or on drawn ones.")
        {
            data, phantom, split, limit, methods, target, folder, pictures, steps, steady, minutes, parallel, restart, evaluator, layers, features, lungs, masks, seed, model, backend, threads,
        };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(data) == result.IsGiven(phantom))
            {
                result.AddError("Either --data with a manifest or --phantom with a number is expected.");
            }

            result.RefuseBeside(phantom, split, limit);
        });
        minutes.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double value) && value is not (>= 0 and < 1e6))
            {
                result.AddError($"--minutes is {result.Tokens[0].Value}; 0 or more was expected.");
            }
        });
        command.SetStoppableAction((parsed, cancellationToken) => new CompareMapsJob(
            new CompareMapsRequest
            {
                Model = new ModelChoice(parsed.GetValue(model), parsed.GetValue(backend)!, EngineThreads(parsed.GetValue(threads), parsed.GetValue(parallel)), 16),
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
                Evaluator = parsed.GetValue(evaluator),
                Lungs = parsed.GetValue(lungs),
                Layers = ExplainCommand.Names(parsed.GetValue(layers)),
                Features = parsed.GetValue(features),
                Masks = parsed.GetValue(masks),
                Seed = (ulong)parsed.GetValue(seed),
                Minutes = parsed.GetValue(minutes),
                Parallel = parsed.GetValue(parallel) is > 0 and int asked ? asked : Math.Max(1, Environment.ProcessorCount / Math.Max(1, parsed.GetValue(threads))),
                Restart = parsed.GetValue(restart),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run(cancellationToken));
        return command;
    }

    // Engines of one thread and several images at a time use the processors better than one engine of several threads: much of the judging is no engine's work. One image at a time is left to the engine.
    private static int EngineThreads(int threads, int parallel) => threads > 0 || parallel == 1 ? threads : 1;
}
