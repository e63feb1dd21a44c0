using System.CommandLine;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>Tries a model with its card.</summary>
internal static class CardCheckCommand
{
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "An .onnx file with its card inside or beside it.", HelpName = "FILE" };
        Argument<string[]> images = new("images") { Description = "Radiographs to run besides the drawn chests.", HelpName = "IMAGE", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> json = Shared.Json();
        Command command = new("check", "Runs a model as its card says, and tells what cannot be right, and what a person still has to fill in. Exits with 1 where something is wrong. Example: cxrnet card check model.onnx image.png") { model, images, json };
        command.SetAction(parsed =>
        {
            LoadedImage[] loaded = [.. (parsed.GetValue(images) ?? []).Select(LoadedImage.Read)];
            OnnxCardProbe probe = new(parsed.GetValue(model)!, [.. loaded.Where(static l => l.Image is not null).Select(static l => (l.File, l.Image!))]);
            IReadOnlyList<DiagnosticFact> facts =
            [
                .. probe.Look(),
                .. loaded.Where(static l => l.Error is not null).Select(static l => new DiagnosticFact("card", l.File, l.Error!, DiagnosticStatus.Broken, "A file that is an image was expected.")),
            ];
            TextWriter output = parsed.InvocationConfiguration.Output;
            DoctorLine line = DoctorLine.From(facts);
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonLines.Of(line));
            }
            else
            {
                DoctorTable.Write(Terminal.On(output), facts);
            }

            return line.Broken ? 1 : 0;
        });
        return command;
    }
}
