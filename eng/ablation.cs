#!/usr/bin/env dotnet
#:property PublishAot=false
#:property IsPackable=false

// One row of the ablation in docs/models.md: trains, exports, evaluates on val, test and external, judges the map, and appends the figures to runs/ablation/rows.csv.
//   eng/libstdcxx-shim.sh dotnet run -c Release eng/ablation.cs -- <row> [--data cls/manifest.csv] [--init mobilenet_v2_imagenet.safetensors] [--epochs N] [--map-epochs N] [--side N]
//   … -- list          names the rows
// All rows share schedule, seed and augmentation, so that they differ in what their name says and in nothing else. A row that was cut off goes on where it was.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

Dictionary<string, string> rows = new()
{
    ["e2-scratch"] = "--feed image --whole-share 1",
    ["e2-imagenet"] = "--feed image --whole-share 1 --init {init}",
    ["e2-masked"] = "--feed image --whole-share 0.65 --init {init}",
    ["product-faithful"] = "--feed product --whole-share 0.65 --init {init}",
    ["blend-faithful"] = "--feed blend --whole-share 0.65 --init {init}",
    ["product-paper"] = "--feed product --preset paper --init {init}",
    ["map-paper"] = "--feed map --preset paper --init {init}",
    ["lungs-apply"] = "--feed image --whole-share 1 --init {init} --lung-handling apply",
    ["lungs-crop"] = "--feed image --whole-share 1 --init {init} --lung-handling crop",
    ["side-96"] = "--feed image --whole-share 1 --init {init} --side 96",
    ["side-160"] = "--feed image --whole-share 1 --init {init} --side 160",
    ["side-192"] = "--feed image --whole-share 1 --init {init} --side 192",
    ["no-augmentation-of-sharpness"] = "--feed image --whole-share 1 --init {init} --blur 0",
    ["transplants"] = "--feed image --whole-share 1 --init {init} --transplant-share 0.5",
    ["styles"] = "--feed image --whole-share 1 --init {init} --style-share 0.5",
    ["mixup"] = "--feed image --whole-share 1 --init {init} --mixup-share 0.5",
};

if (args is not [var row, ..] || (row != "list" && !rows.ContainsKey(row)))
{
    Console.Error.WriteLine($"Name one row: {string.Join(", ", rows.Keys)}; or 'list'.");
    return 2;
}

if (row == "list")
{
    foreach ((string name, string options) in rows)
    {
        Console.WriteLine($"{name,-30}{options}");
    }

    return 0;
}

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
string cli = Option("--cli", "samples/CxrNet.Cli/bin/Release/net10.0/CxrNet.Cli"), data = Option("--data", "../shared/data/cls/manifest.csv");
string init = Option("--init", "../shared/pretrained/mobilenet_v2_imagenet.safetensors"), lungs = Option("--lungs", "src/CxrNet.Models/Weights/lungs.onnx");
string folder = Path.Combine(Option("--out", "runs/ablation"), row), model = folder + ".onnx";
string chosen = rows[row].Replace("{init}", init, StringComparison.Ordinal);
bool isFaithful = !chosen.Contains("--preset paper", StringComparison.Ordinal);
bool hasMap = !chosen.Contains("--feed image", StringComparison.Ordinal), sized = chosen.Contains("--side", StringComparison.Ordinal);

Run($"train --data {data} --out {folder} --lungs {lungs} {chosen} {(sized ? "" : "--side " + Option("--side", "128"))} --epochs {Option("--epochs", "5")} {(hasMap && isFaithful ? $"--map-epochs {Option("--map-epochs", "3")} --outside-lung-weight 1" : "")} --split-sources-by shorter-side-224 --group-balance 0.6");
Run($"export {folder} --out {model} {(hasMap ? "" : "--encoder-alone")}");
Dictionary<string, string> figures = new() { ["row"] = row };
foreach (string split in new[] { "val", "test", "external" })
{
    using JsonDocument evaluated = JsonDocument.Parse(Run($"evaluate --model {model} --data {data} --split {split} --json"));
    JsonElement root = evaluated.RootElement, covid = root.GetProperty("per_class").EnumerateArray().First(c => c.GetProperty("name").GetString() == "covid19");
    figures[split + "_accuracy"] = Number(root.GetProperty("accuracy"));
    figures[split + "_macro_f1"] = Number(root.GetProperty("macro_f1"));
    figures[split + "_covid_f1"] = Number(covid.GetProperty("f1"));
    figures[split + "_covid_recall"] = Number(covid.GetProperty("recall"));
}

if (hasMap)
{
    Run($"compare-maps --model {model} --data {data} --split val --limit {Option("--limit", "40")} --methods network --lungs {lungs} --out {folder}-maps");
    using JsonDocument judged = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder + "-maps", "maps.json")));
    foreach (JsonElement cell in judged.RootElement.GetProperty("table").EnumerateArray())
    {
        figures[cell.GetProperty("metric").GetString()!] = Number(cell.GetProperty("mean"));
    }
}

// Four bytes a parameter: nothing else in the file counts.
figures["million_parameters"] = (new FileInfo(model).Length / 4e6).ToString("F2", CultureInfo.InvariantCulture);
using (JsonDocument measured = JsonDocument.Parse(Run($"bench --model {model} --threads 1 --batch 1 --seconds 5 --json")))
{
    figures["ms"] = Number(measured.RootElement.GetProperty("stages").EnumerateArray().First(stage => stage.GetProperty("name").GetString()!.StartsWith("classify", StringComparison.Ordinal)).GetProperty("median_ms"));
}

string table = Path.Combine(Path.GetDirectoryName(folder)!, "rows.csv");
string[] columns = ["row", "val_accuracy", "val_macro_f1", "val_covid_f1", "test_accuracy", "test_macro_f1", "test_covid_f1", "external_covid_recall", "insertion", "deletion", "lung_energy", "million_parameters", "ms"];
if (!File.Exists(table))
{
    File.WriteAllText(table, string.Join(',', columns) + "\n");
}

string line = string.Join(',', columns.Select(c => figures.GetValueOrDefault(c, "")));
File.AppendAllText(table, line + "\n");
Console.WriteLine(line);
return 0;

string Run(string arguments)
{
    Console.Error.WriteLine($"cxrnet {arguments}");
    using Process process = Process.Start(new ProcessStartInfo(cli, arguments) { RedirectStandardOutput = true })!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"exit code {process.ExitCode}");
}

static string Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("F3", CultureInfo.InvariantCulture) : "";
