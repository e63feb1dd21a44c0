using System.CommandLine;

namespace CxrNet.Cli.Commands;

internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string> data = new("--data", "-d") { Description = "A CSV manifest with the columns file, label and split; paths are relative to it.", Required = true, HelpName = "CSV" };
        Option<string> split = new("--split", "-s") { Description = "Which rows.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Command command = new("evaluate", "Measures a model on labelled images: accuracy, F1, confusion.") { data, split, model, backend, json, threads, batch };
        command.SetAction((parsed, cancellationToken) =>
        {
            ModelChoice choice = new(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), parsed.GetValue(batch));
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return new EvaluateJob(choice, io.Output, io.Error, parsed.GetValue(json)).RunAsync(parsed.GetValue(data)!, parsed.GetValue(split)!, cancellationToken);
        });
        return command;
    }
}
