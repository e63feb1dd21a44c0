using System.CommandLine;

namespace CxrNet.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "The folder of a training.", HelpName = "DIR" };
        Option<string> file = new("--out", "-o") { Description = "The ONNX file to write; a .safetensors with the same weights is written beside it.", Required = true, HelpName = "FILE" };
        Option<string?> card = new("--card") { Description = "A card as JSON: id, description, data, licence, limits. What the run knows (findings, input, network, outputs) is set from it.", HelpName = "FILE" };
        Option<bool> half = new("--half") { Description = "Store the weights as fp16: half the size, logits change by about 1e-3." };
        Option<string?> calibrate = new("--calibrate") { Description = "A CSV manifest: temperature and class biases are fitted on its split 'val' (or --val-split) and put into the model.", HelpName = "CSV" };
        Option<string> split = new("--val-split") { Description = "The split that the calibration is fitted on.", DefaultValueFactory = _ => "val", HelpName = "NAME" };
        Option<bool> alone = new("--encoder-alone") { Description = "Write E2 on the whole image, without the map: the baseline." };
        Command command = new("export", "Writes the best epoch of a training as ONNX, with its card inside. Needs libtorch: see --backend torch.") { run, file, card, half, calibrate, split, alone };
        command.SetAction(parsed => ExportJob.Run(parsed.GetValue(run)!, parsed.GetValue(file)!, parsed.GetValue(card), parsed.GetValue(half), parsed.GetValue(calibrate), parsed.GetValue(split)!, parsed.GetValue(alone), parsed.InvocationConfiguration.Output));
        return command;
    }
}
