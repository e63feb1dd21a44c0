using System.CommandLine;

namespace CxrNet.Cli;

internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "An image file (JPEG, PNG, DICOM …).", HelpName = "FILE" };
        Option<string> methods = new("--method") { Description = $"Methods, separated by commas, or all (hyphens, underscores and capitals do not matter): {string.Join(", ", ExplanationMethods.All.Select(m => m.Name))}.", DefaultValueFactory = _ => Heatmap.OwnMap, HelpName = "A,B" };
        Option<string> target = new("--target", "-t") { Description = "The finding to explain, or top for the most probable.", DefaultValueFactory = _ => "top", HelpName = "NAME" };
        Option<string> folder = new("--out", "-o") { Description = "Writes NAME.METHOD.png (the X-ray under the map), NAME.METHOD.raw.npy (the method's own grid) and NAME.METHOD.npy (the image's size) there.", Required = true, HelpName = "DIR" };
        Option<string[]> layers = Layers();
        Option<string?> features = Features();
        Option<string?> lungs = Lungs();
        Option<int> masks = Masks();
        Option<int> seed = Shared.AtLeast(0, new("--seed") { Description = "Random masks follow from it.", DefaultValueFactory = _ => 1, HelpName = "N" });
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Command command = new("explain", "Explains one chest X-ray with one or more methods.") { file, methods, target, folder, layers, features, lungs, masks, seed, model, backend, json, threads };
        command.SetStoppableAction((parsed, cancellationToken) =>
        {
            ModelChoice choice = new(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), 16);
            InvocationConfiguration io = parsed.InvocationConfiguration;
            ExplainJob job = new(choice, Names(parsed.GetValue(layers)), parsed.GetValue(features), parsed.GetValue(lungs), parsed.GetValue(masks), (ulong)parsed.GetValue(seed), io.Output, io.Error, parsed.GetValue(json));
            return job.Run(parsed.GetValue(file)!, parsed.GetValue(methods)!, parsed.GetValue(target)!, parsed.GetValue(folder)!, cancellationToken);
        });
        return command;
    }

    public static Option<string?> Lungs() => new("--lungs") { Description = "A lung segmenter, .onnx. Default: the one that comes with the program, where this build has it.", HelpName = "FILE" };

    public static Option<string[]> Layers() => new("--layers") { Description = "CAMs of libtorch: the layers whose planes they look at, by name, separated by commas (encoder.levels.2,encoder.levels.3); several are averaged. Default: the last planes.", HelpName = "A,B", AllowMultipleArgumentsPerToken = true };

    public static Option<string?> Features() => new("--features") { Description = "CAMs of ONNX files: the tensor of the graph whose planes they look at. Default: the card's, or the planes before the last pooling.", HelpName = "NAME" };

    /// <summary>Names given one by one or separated by commas.</summary>
    public static string[] Names(string[]? given) => [.. (given ?? []).SelectMany(static g => g.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    public static Option<int> Masks() => Shared.AtLeast(1, new("--masks") { Description = "Random masks of RISE, samples of LIME and Kernel SHAP.", DefaultValueFactory = _ => 1000, HelpName = "N" });
}
