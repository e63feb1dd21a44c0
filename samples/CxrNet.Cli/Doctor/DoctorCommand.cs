using System.CommandLine;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli;

internal static class DoctorCommand
{
    public static Command Create()
    {
        Argument<string[]> models = new("models") { Description = "Classifiers to try, .onnx files with their cards. Default: the models that come with the program.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> torch = new("--torch") { Description = "libtorch is needed: that it is missing is an error, and the models are tried on it too." };
        Option<bool> json = Shared.Json();
        Command command = new("doctor", "Says what this machine has and what is missing: processor, container, libraries, providers, graphics card, models; and what to do about it. Exits with 1 where something needed is broken. Example: cxrnet doctor model.onnx --json") { models, torch, json };
        command.SetAction(parsed =>
        {
            CxrDiagnostics diagnostics = CxrDiagnostics.Collect([.. Probes(parsed.GetValue(models) ?? [], parsed.GetValue(torch))]);
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonLines.Of(DoctorLine.From(diagnostics.Facts)));
            }
            else
            {
                DoctorTable.Write(Terminal.On(output), diagnostics.Facts);
            }

            return diagnostics.IsBroken ? 1 : 0;
        });
        return command;
    }

    private static IEnumerable<IDiagnosticProbe> Probes(string[] models, bool torchIsNeeded)
    {
        yield return new OnnxProbe();
        IDiagnosticProbe torch = TorchBackend.Probe();
        yield return torchIsNeeded ? torch : new OptionalProbe(torch);
        yield return new ImagingProbe();
        foreach (string? file in models.Length > 0 ? models : (string?[])[null])
        {
            foreach (string backend in torchIsNeeded ? ["onnx", "torch"] : (string[])["onnx"])
            {
                ModelChoice choice = new(file, backend, Threads: 0, Batch: 2);
                yield return new ClassifierProbe($"{choice.Name} on {backend}", choice.Load);
            }
        }

        if (models.Length == 0)
        {
            yield return new SegmenterProbe($"{BundledModels.Lungs.FileName} on onnx", new ModelChoice(null, "onnx", Threads: 0, Batch: 1).LoadSegmenter);
        }
    }
}
