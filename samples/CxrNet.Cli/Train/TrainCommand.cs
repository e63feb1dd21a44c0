using System.CommandLine;

namespace CxrNet.Cli;

internal static class TrainCommand
{
    public static Command Create()
    {
        Option<string[]> data = new("--data", "-d") { Description = "CSV manifests with the columns file, label and split (lung_mask or mask where there is one).", Required = true, HelpName = "CSV", AllowMultipleArgumentsPerToken = true };
        Option<string> task = new("--task") { Description = "findings: CXRNet on labels; lungs: a segmenter on the images that have a mask.", DefaultValueFactory = _ => "findings" };
        task.AcceptOnlyFromAmong("findings", "lungs");
        Option<string> run = new("--out", "-o") { Description = "The run's folder: checkpoints, best weights, a log for each phase. A run that was cut off goes on exactly where it was.", Required = true, HelpName = "DIR" };
        Option<string> trainSplit = new("--train-split") { Description = "What is learnt.", DefaultValueFactory = _ => "train", HelpName = "NAME" };
        Option<string> valSplit = new("--val-split") { Description = "What the best epoch is chosen on.", DefaultValueFactory = _ => "val", HelpName = "NAME" };
        Option<string[]> classes = new("--classes")
        {
            Description = "The labels in the order of the network's outputs.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. Enum.GetValues<PhantomClass>().Select(c => c.FindingName())],
            HelpName = "NAME",
        };
        Option<string?> lungs = new("--lungs") { Description = "A lung segmenter for the images without a mask: a model file (safetensors, or ONNX that this library wrote).", HelpName = "FILE" };
        Option<string[]> without = new("--without-source") { Description = "Sources that are left out of training and choice.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        Option<string[]> taught = new("--teach") { Description = "Images with a remark in the manifest's notes are taught as another class, for instance covid-without-visible-finding=normal; the choice is made on the labels as they are.", HelpName = "NOTE=LABEL", AllowMultipleArgumentsPerToken = true };
        Option<bool> shuffle = new("--shuffle-labels") { Description = "Deals the training's labels out anew, for the label randomisation test of 'randomize': what such a network shows is what maps look like that explain nothing learned." };
        TrainSwitch[] switches = TrainSwitches.Create();
        Command command = new("train", "Trains CXRNet or a lung segmenter on labelled images, on the CPU. Needs libtorch: see --backend torch.") { data, run, task, trainSplit, valSplit, classes, lungs, without, taught, shuffle };
        foreach (TrainSwitch one in switches)
        {
            command.Options.Add(one.Option);
        }

        // Every image of a training of lungs has a mask, so a segmenter is asked only where it decides what is shown.
        TrainSwitch segmenter = TrainSwitch.Beside(lungs, TrainPhases.All) with { Missing = static o => o.Options.Phases() == TrainPhases.Lungs && o.Options.Lungs == LungHandling.None ? "--lung-handling" : null };
        TrainSwitches.RefuseUnread(command, [.. switches, segmenter, .. ((Option[])[classes, taught, shuffle]).Select(static option => TrainSwitch.Beside(option, TrainPhases.Findings))], task, run);
        command.SetStoppableAction((parsed, cancellationToken) => TrainJob.Run(
            new TrainRequest
            {
                Manifests = parsed.GetValue(data)!,
                Lungs = parsed.GetValue(task) == "lungs",
                Folder = parsed.GetValue(run)!,
                TrainSplit = parsed.GetValue(trainSplit)!,
                ValidationSplit = parsed.GetValue(valSplit)!,
                Classes = parsed.GetValue(classes)!,
                Options = TrainSwitches.Options(switches, parsed.CommandResult, parsed.GetValue(task) == "lungs"),
                Segmenter = parsed.GetValue(lungs),
                WithoutSources = parsed.GetValue(without) ?? [],
                Teach = parsed.GetValue(taught) ?? [],
                ShuffleLabels = parsed.GetValue(shuffle),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
