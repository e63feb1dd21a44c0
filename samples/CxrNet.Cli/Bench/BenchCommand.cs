using System.CommandLine;

namespace CxrNet.Cli;

internal static class BenchCommand
{
    public static Command Create()
    {
        Option<string?> images = new("--images", "-i") { Description = "An image file or a folder of them. Default: drawn chests.", HelpName = "FILE|FOLDER" };
        Option<double> seconds = new("--seconds") { Description = "About how long to measure.", DefaultValueFactory = _ => 10, HelpName = "N" };
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Option<bool> json = Shared.Json();
        Command command = new("bench", "Measures a model on this machine and on your own files: images a second of decoding, of the classifier one by one and in batches, and of the whole way. Example: cxrnet bench --model model.onnx --images xrays/ --seconds 10 --json") { images, seconds, model, backend, threads, batch, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seconds) is { Tokens.Count: 1 } given && double.TryParse(given.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double value) && !(value is > 0 and <= 86400))
            {
                result.AddError($"--seconds is {given.Tokens[0].Value}; more than 0 and at most 86400 was expected.");
            }
        });
        command.SetStoppableAction((parsed, cancellationToken) => new BenchJob(
            new ModelChoice(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), parsed.GetValue(batch)),
            parsed.GetValue(images),
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetValue(json),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).Run(cancellationToken));
        return command;
    }
}
