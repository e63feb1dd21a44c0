using System.CommandLine;

namespace CxrNet.Cli;

internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string> data = new("--data", "-d") { Description = "A CSV manifest with the columns file, label and split; paths are relative to it. For findings that do not exclude each other a label names any number of them, with '|' between.", Required = true, HelpName = "CSV" };
        Option<string> split = new("--split", "-s") { Description = "Which rows.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<string> task = new("--task") { Description = "classify: findings against the labels; lungs: masks against those of the column 'mask' or 'lung_mask'.", DefaultValueFactory = _ => "classify" };
        task.AcceptOnlyFromAmong("classify", "lungs");
        Option<bool> guard = new("--guard") { Description = "Measure the input guard instead: what it refuses of the split, of images drawn by code, and of the split's own turned or inverted." };
        Option<bool> shortcuts = new("--shortcuts") { Description = "Measure what the model leans on instead: by source, without the lungs, on the lungs alone, beside baselines that see no lung." };
        Option<string?> healthy = new("--healthy") { Description = "With --shortcuts: the finding that means healthy; default: normal, where the model has it.", HelpName = "NAME" };
        Option<string?> disease = new("--disease") { Description = "With --shortcuts: the finding that the healthy of a source must not be called; default: covid19, where the model has it.", HelpName = "NAME" };
        Option<string> train = new("--train-split") { Description = "With --shortcuts: the split that the baselines learn on.", DefaultValueFactory = _ => "train", HelpName = "NAME" };
        Option<string?> html = new("--html") { Description = "Also write a page with plots and the worst errors there. It shows images of the data; the folder gets a .gitignore that names it.", HelpName = "DIR" };
        Option<string?> scores = new("--scores") { Description = "Also write the logits of each image there, for 'calibrate'.", HelpName = "CSV" };
        Option<string?> record = new("--record") { Description = "Also write the figures into this card (JSON), under the split's name.", HelpName = "JSON" };
        Option<int> tta = Shared.AtLeast(1, new("--tta") { Description = "Score so many views of each image (the image, and small shifts, scales and turns of it) and take the mean of the logits.", DefaultValueFactory = _ => 1, HelpName = "N" });
        Option<string?> model = Shared.Model();
        Option<string?> card = Shared.Card();
        Option<string> backend = Shared.Backend();
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Command command = new("evaluate", "Measures a model on labelled images: accuracy, F1, ROC areas, calibration, by subgroup, with intervals; or its input guard, its shortcuts, or a lung segmenter.") { data, split, task, guard, shortcuts, healthy, disease, train, html, scores, record, tta, model, card, backend, json, threads, batch };
        EvaluateMode.Refuse(command, task, [guard, shortcuts], [html, scores, tta], card);
        command.Validators.Add(result =>
        {
            if (!result.IsOn(shortcuts))
            {
                result.RefuseWithout(shortcuts, healthy, disease, train);
            }

            if (result.IsGiven(record) && result.GetResult(tta) is { Implicit: false, Tokens: not [{ Value: "1" }] })
            {
                result.AddError("--record writes what the model does by itself; --tta measures several views of each image. Leave one of them out.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            ModelChoice choice = new(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), parsed.GetValue(batch)) { CardFile = parsed.GetValue(card) };
            InvocationConfiguration io = parsed.InvocationConfiguration;
            string? into = parsed.GetValue(record);
            if (parsed.GetValue(task) == "lungs")
            {
                return new LungEvaluationJob(choice, io.Output, io.Error, parsed.GetValue(json), into).RunAsync(parsed.GetValue(data)!, parsed.GetValue(split)!, cancellationToken);
            }

            if (parsed.GetValue(guard))
            {
                return new GuardEvaluationJob(choice, io.Output, io.Error, parsed.GetValue(json), into).RunAsync(parsed.GetValue(data)!, parsed.GetValue(split)!, cancellationToken);
            }

            if (parsed.GetValue(shortcuts))
            {
                return new ShortcutJob(choice, io.Output, io.Error, parsed.GetValue(json), into) { Healthy = parsed.GetValue(healthy), Disease = parsed.GetValue(disease), TrainSplit = parsed.GetValue(train)! }.RunAsync(parsed.GetValue(data)!, parsed.GetValue(split)!, cancellationToken);
            }

            EvaluateRequest request = new(parsed.GetValue(data)!, parsed.GetValue(split)!) { Json = parsed.GetValue(json), HtmlFolder = parsed.GetValue(html), ScoresFile = parsed.GetValue(scores), Views = parsed.GetValue(tta), Record = into };
            return new EvaluateJob(choice, request, io.Output, io.Error).RunAsync(cancellationToken);
        });
        return command;
    }
}
