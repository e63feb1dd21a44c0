using System.CommandLine;

namespace CxrNet.Cli;

internal static class ClassifyCommand
{
    public static Command Create()
    {
        Argument<string[]> inputs = new("inputs") { Description = "Image files (JPEG, PNG, DICOM …) or folders of them.", HelpName = "FILE|FOLDER", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> demo = new("--demo") { Description = "Classify a drawn chest, where no X-ray is at hand." };
        Option<string?> model = Shared.Model();
        Option<string?> card = Shared.Card();
        Option<string> backend = Shared.Backend();
        Option<string?> overlay = new("--overlay") { Description = "Write NAME.overlay.png there: the X-ray under the network's own map, at its own size.", HelpName = "DIR" };
        Option<string?> map = new("--map") { Description = "Write NAME.map.npy there: the map, float32 [height, width] of the image's size.", HelpName = "DIR" };
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Command command = new("classify", "Scores chest X-rays and explains the scores pixel by pixel.") { inputs, demo, model, card, backend, overlay, map, json, threads, batch };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(demo) && result.GetValue(inputs) is not { Length: > 0 })
            {
                result.AddError("No file is named; name files or folders, or use --demo.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            ModelChoice choice = new(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), parsed.GetValue(batch)) { CardFile = parsed.GetValue(card) };
            ResultSink sink = new(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, choice.Backend, parsed.GetValue(json), parsed.GetValue(overlay), parsed.GetValue(map));
            return new ClassifyJob(choice, sink).RunAsync(parsed.GetValue(inputs) ?? [], parsed.GetValue(demo), cancellationToken);
        });
        return command;
    }
}
