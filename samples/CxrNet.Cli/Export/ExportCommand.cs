using System.CommandLine;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> source = new("run") { Description = "The folder of a training; or a model file, to write its weights again under another card or calibration.", HelpName = "DIR|FILE" };
        Option<string> target = new("--out", "-o") { Description = "The ONNX file to write; a .safetensors with the same weights is written beside it.", Required = true, HelpName = "FILE" };
        Option<string?> card = new("--card") { Description = "A card as JSON: id, description, data, licence, limits. What the run knows (findings, input, network, outputs) is set from it. Default: the file's own card, or an empty one.", HelpName = "FILE" };
        Option<bool> half = new("--half") { Description = "Store the weights as fp16: half the size, logits change by about 1e-3." };
        Option<string?> calibrate = new("--calibrate") { Description = "A CSV manifest: class biases, temperature, operating points, the abstain level and the input guard's thresholds are fitted on its split 'val', the guard's statistics on 'train', and all is put into the model.", HelpName = "CSV" };
        Option<string> val = new("--val-split") { Description = "The split that the calibration is fitted on.", DefaultValueFactory = _ => "val", HelpName = "NAME" };
        Option<string> train = new("--train-split") { Description = "The split that the guard's statistics are taken from.", DefaultValueFactory = _ => "train", HelpName = "NAME" };
        Option<string> frequencies = new("--class-frequencies") { Description = "What the class biases are fitted for: equal, each class as frequent as any other, since nobody knows how frequent they are where the model is used; given, as frequent as on the calibration's split.", DefaultValueFactory = _ => "equal" };
        frequencies.AcceptOnlyFromAmong("equal", "given");
        Option<double> alpha = Shared.Share(new("--alpha") { Description = "The share of prediction sets that may miss the truth.", DefaultValueFactory = _ => 0.1, HelpName = "0..1" });
        Option<double> alarms = Shared.Share(new("--false-alarms") { Description = "The share of new radiographs that the input guard may refuse, by the upper end of its 95 % interval on the calibration's.", DefaultValueFactory = _ => 0.02, HelpName = "0..1" });
        Option<int> phantoms = Shared.AtLeast(0, new("--phantoms") { Description = $"Drawn chests that the input guard knows as frontal radiographs: for a network that learnt from some. 0 for none, else {GuardFit.LeastGroup} or more.", DefaultValueFactory = _ => 0, HelpName = "N" });
        phantoms.Validators.Add(result =>
        {
            if (result is { Tokens: [{ Value: var given }] } && int.TryParse(given, out int count) && count is > 0 and < GuardFit.LeastGroup)
            {
                result.AddError($"--phantoms is {count}; 0 or {GuardFit.LeastGroup} or more was expected: fewer say too little of how drawn chests vary.");
            }
        });
        Option<bool> alone = new("--encoder-alone") { Description = "Write E2 on the whole image, without the map: the baseline." };
        Command command = new("export", "Writes the best epoch of a training as ONNX, with its card inside. Needs libtorch: see --backend torch.") { source, target, card, half, calibrate, val, train, frequencies, alpha, alarms, phantoms, alone };
        command.Validators.Add(result =>
        {
            if (!result.IsGiven(calibrate))
            {
                result.RefuseWithout(calibrate, val, train, frequencies, alpha, alarms, phantoms);
            }

            if (result.IsOn(alone) && result.GetResult(source) is { Tokens: [{ Value: var file }] } && File.Exists(file))
            {
                result.AddError($"--encoder-alone has no meaning for the finished file '{file}'; the folder of a training was expected.");
            }
        });

        command.SetStoppableAction((parsed, cancellationToken) => ExportJob.Run(
            new ExportRequest(parsed.GetValue(source)!, parsed.GetValue(target)!, parsed.GetValue(card), parsed.GetValue(half), parsed.GetValue(calibrate))
            {
                ValSplit = parsed.GetValue(val)!,
                TrainSplit = parsed.GetValue(train)!,
                EqualClasses = parsed.GetValue(frequencies) == "equal",
                Alpha = parsed.GetValue(alpha),
                FalseAlarms = parsed.GetValue(alarms),
                Phantoms = parsed.GetValue(phantoms),
                EncoderAlone = parsed.GetValue(alone),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
