using System.CommandLine;

namespace CxrNet.Cli;

internal static class SegmentCommand
{
    public static Command Create()
    {
        Argument<string[]> inputs = new("inputs") { Description = "Image files (JPEG, PNG, DICOM …) or folders of them.", HelpName = "FILE|FOLDER", Arity = ArgumentArity.OneOrMore };
        Option<string> folder = new("--out", "-o") { Description = "Write NAME.mask.png there: 255 is lung, 0 is not, of the image's size.", Required = true, HelpName = "DIR" };
        Option<string?> model = Shared.Model();
        Option<string> backend = Shared.Backend();
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Command command = new("segment", "Finds the lungs on chest X-rays: the two largest parts, holes filled.") { inputs, folder, model, backend, json, threads, batch };
        command.SetAction((parsed, cancellationToken) =>
        {
            ModelChoice choice = new(parsed.GetValue(model), parsed.GetValue(backend)!, parsed.GetValue(threads), parsed.GetValue(batch));
            InvocationConfiguration io = parsed.InvocationConfiguration;
            return new SegmentJob(choice, parsed.GetValue(folder)!, io.Output, io.Error, parsed.GetValue(json)).RunAsync(parsed.GetValue(inputs) ?? [], cancellationToken);
        });
        return command;
    }
}
