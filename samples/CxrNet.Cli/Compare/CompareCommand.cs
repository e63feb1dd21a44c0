using System.CommandLine;

namespace CxrNet.Cli;

internal static class CompareCommand
{
    private const string Both = "onnx,torch";

    public static Command Create()
    {
        Argument<string[]> inputs = new("inputs") { Description = "Image files, folders of them, or a CSV manifest.", HelpName = "FILE|FOLDER|CSV", Arity = ArgumentArity.ZeroOrMore };
        Option<string> backends = new("--backends")
        {
            Description = "Which, separated by commas. A name begins with the engine, onnx or torch, and may go on: onnx-int8 is the file of --model with -int8 behind its name, onnx-int8=small.onnx is small.onnx.",
            DefaultValueFactory = _ => Both,
            HelpName = "A,B=FILE",
        };
        Option<int?> phantom = Shared.AtLeastIfGiven(1, new("--phantom") { Description = "Compare on so many drawn chests, where no X-rays are at hand.", HelpName = "N" });
        Option<string> split = new("--split", "-s") { Description = "Which rows of a manifest.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<int?> limit = Shared.AtLeastIfGiven(1, new("--limit") { Description = "At most so many images.", HelpName = "N" });
        Option<string?> require = new("--require") { Description = "Fail where two backends differ by more: same-weights (logits and maps to 1e-4, no other decision) or lower-precision (correlation 0.99, at most one decision in fifty another).", HelpName = "NAME" };
        require.AcceptOnlyFromAmong("same-weights", "lower-precision");
        Option<string?> model = Shared.Model();
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Command command = new("compare", "Runs the same X-rays on several backends: how far logits and maps differ, which decisions change, how many images a second. Example: cxrnet compare xrays/ --model model.onnx --backends onnx,onnx-int8 --require lower-precision") { inputs, backends, phantom, split, limit, require, model, json, threads, batch };
        command.Validators.Add(result =>
        {
            // Values that cannot be read have an error already, and none can be asked for. A default is not there yet while the command is checked.
            if (result.IsOnce(backends) && result.IsOnce(model))
            {
                BackendSpec.Parse(result.GetValue(backends) ?? Both, result.GetValue(model), out string? problem);
                if (problem is not null)
                {
                    result.AddError(problem);
                }
            }

            if (result.GetValue(inputs) is { Length: > 0 } == result.IsGiven(phantom))
            {
                result.AddError("Either files or --phantom with a number is expected.");
            }

            result.RefuseBeside(phantom, split, limit);
            if (result.IsGiven(split) && !result.IsGiven(phantom) && result.GetValue(inputs)?.Any(CompareImages.IsManifest) == false)
            {
                result.AddError("--split has no meaning without a CSV manifest.");
            }
        });
        command.SetAction((parsed, cancellationToken) => new CompareJob(
            new CompareRequest(BackendSpec.Parse(parsed.GetValue(backends)!, parsed.GetValue(model), out _), new ModelChoice(parsed.GetValue(model), "onnx", parsed.GetValue(threads), parsed.GetValue(batch)))
            {
                Inputs = parsed.GetValue(inputs) ?? [],
                Phantoms = parsed.GetValue(phantom),
                Split = parsed.GetValue(split)!,
                Limit = parsed.GetValue(limit) ?? int.MaxValue,
                Tolerances = parsed.GetValue(require) switch
                {
                    "same-weights" => ParityTolerances.SameWeights,
                    "lower-precision" => ParityTolerances.LowerPrecision,
                    _ => null,
                },
                Json = parsed.GetValue(json),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).RunAsync(cancellationToken));
        return command;
    }
}
