using System.CommandLine;

namespace CxrNet.Cli.Commands;

internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string> data = new("--data", "-d") { Description = "A CSV manifest with the columns file, label and split; paths are relative to it.", Required = true, HelpName = "CSV" };
        Option<string> split = new("--split", "-s") { Description = "Which rows.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<string> task = new("--task") { Description = "classify: findings against the labels; lungs: masks against those of the column 'mask' or 'lung_mask'.", DefaultValueFactory = _ => "classify" };
        task.AcceptOnlyFromAmong("classify", "lungs");
        Option<bool> guard = new("--guard") { Description = "Measure the input guard instead: what it refuses of the split, of images drawn by code, and of the split's own turned or inverted." };
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Command command = new("evaluate", "Measures a model on labelled images: accuracy, F1, confusion; or Dice of a lung segmenter.") { data, split, task, guard, model, backend, json, threads, batch };
        command.SetAction((parsed, cancellationToken) =>
        {
            ModelChoice choice = new(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), parsed.GetValue(batch));
            InvocationConfiguration io = parsed.InvocationConfiguration;
            if (parsed.GetValue(task) == "lungs")
            {
                return new LungEvaluationJob(choice, io.Output, io.Error, parsed.GetValue(json)).RunAsync(parsed.GetValue(data)!, parsed.GetValue(split)!, cancellationToken);
            }

            if (parsed.GetValue(guard))
            {
                return new GuardEvaluationJob(choice, io.Output, io.Error, parsed.GetValue(json)).RunAsync(parsed.GetValue(data)!, parsed.GetValue(split)!, cancellationToken);
            }

            return new EvaluateJob(choice, io.Output, io.Error, parsed.GetValue(json)).RunAsync(parsed.GetValue(data)!, parsed.GetValue(split)!, cancellationToken);
        });
        return command;
    }
}
