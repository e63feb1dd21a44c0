using System.CommandLine;
using CxrNet.Onnx.Quantization;

namespace CxrNet.Cli;

internal static class QuantizeCommand
{
    public static Command Create()
    {
        Argument<string?> model = new("model") { Description = "An fp32 .onnx file with its card inside or beside it; default: the model that comes with the program.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
        Option<string> file = new("--out", "-o") { Description = "The ONNX file to write.", Required = true, HelpName = "FILE" };
        Option<string?> images = new("--images") { Description = "A folder of X-rays to calibrate on; every fifth is held out to compare both models on.", HelpName = "DIR" };
        Option<string?> data = new("--data", "-d") { Description = "A CSV manifest to take them from, in place of --images.", HelpName = "CSV" };
        Option<string> split = new("--split", "-s") { Description = "Which rows of the manifest to calibrate on.", DefaultValueFactory = _ => "val", HelpName = "NAME" };
        Option<string> heldOut = new("--test-split") { Description = "Which rows to compare both models on.", DefaultValueFactory = _ => "test", HelpName = "NAME" };
        Option<int> limit = Shared.AtLeast(1, new("--limit") { Description = "At most so many calibration images, and as many to compare on.", DefaultValueFactory = _ => 200, HelpName = "N" });
        Option<int> seed = new("--seed") { Description = "Which ones are taken where there are more.", DefaultValueFactory = _ => 1, HelpName = "N" };
        Option<string> method = new("--method") { Description = "How ranges of activations are chosen.", DefaultValueFactory = _ => "minmax" };
        method.AcceptOnlyFromAmong("percentile", "entropy", "minmax");
        Option<double> percentile = new("--percentile") { Description = "The share of values, in per cent, that a range reaches up to.", DefaultValueFactory = _ => QuantizationOptions.Default.Percentile, HelpName = "50..100" };
        Option<string> activations = new("--activations") { Description = "The type of activations; int8 is slow on x86.", DefaultValueFactory = _ => "uint8" };
        activations.AcceptOnlyFromAmong("uint8", "int8");
        Option<bool> seven = new("--seven-bit-weights") { Description = "For x86 CPUs without VNNI, whose sums saturate." };
        Option<bool> asIs = new("--no-equalization") { Description = "Leaves the channels between linear layers as unlike as they are." };
        Option<string[]> exclude = new("--exclude") { Description = "An operator that stays fp32, by name or output; one * at the end stands for anything. May be repeated.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<string[]> keep = new("--keep-output") { Description = "An output of the model that stays as exact as it is: all that leads to it stays fp32. May be repeated.", HelpName = "NAME", DefaultValueFactory = _ => [] };
        Option<bool> json = Shared.Json();
        Option<int> threads = Shared.Threads();
        Option<int> batch = Shared.Batch();
        Command command = new("quantize", "Makes an int8 copy of a model, smaller and faster, and says how far it differs on images that it was not calibrated on. Example: cxrnet quantize model.onnx --images xrays/ --out model-int8.onnx") { model, file, images, data, split, heldOut, limit, seed, method, percentile, activations, seven, asIs, exclude, keep, json, threads, batch };
        command.Validators.Add(result =>
        {
            if (result.IsGiven(images) == result.IsGiven(data))
            {
                result.AddError("Either --images with a folder or --data with a manifest is expected.");
            }

            result.RefuseBeside(images, split, heldOut);
            if (result.IsGiven(percentile) && result.GetResult(method)?.Tokens is not [{ Value: "percentile" }])
            {
                result.AddError("--percentile has no meaning without --method percentile.");
            }

            // A default is not there yet while the command is checked.
            if (result.GetResult(percentile) is { Tokens.Count: 1 } given && double.TryParse(given.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double value) && value is not (> 50 and <= 100))
            {
                result.AddError($"--percentile is {given.Tokens[0].Value}; a number above 50 and up to 100 was expected.");
            }
        });
        command.SetAction((parsed, cancellationToken) => new QuantizeJob(
            new QuantizeRequest(new ModelChoice(parsed.GetValue(model), "onnx", parsed.GetValue(threads), parsed.GetValue(batch)), parsed.GetValue(file)!)
            {
                Folder = parsed.GetValue(images),
                Manifest = parsed.GetValue(data),
                Split = parsed.GetValue(split)!,
                HeldOutSplit = parsed.GetValue(heldOut)!,
                Limit = parsed.GetValue(limit),
                Seed = parsed.GetValue(seed),
                Options = new QuantizationOptions
                {
                    Method = parsed.GetValue(method) switch
                    {
                        "entropy" => CalibrationMethod.Entropy,
                        "minmax" => CalibrationMethod.MinMax,
                        _ => CalibrationMethod.Percentile,
                    },
                    Percentile = parsed.GetValue(percentile),
                    ActivationType = parsed.GetValue(activations) == "int8" ? ActivationType.Int8 : ActivationType.UInt8,
                    SevenBitWeights = parsed.GetValue(seven),
                    EqualizesChannels = !parsed.GetValue(asIs),
                    ExcludedNodes = parsed.GetValue(exclude)!,
                    ExcludedOutputs = parsed.GetValue(keep)!,
                    IntraOpThreads = parsed.GetValue(threads),
                },
                Json = parsed.GetValue(json),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error).RunAsync(cancellationToken));
        return command;
    }
}
