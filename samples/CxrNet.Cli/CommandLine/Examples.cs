namespace CxrNet.Cli;

/// <summary>What the help of each command shows; a test parses every line.</summary>
internal static class Examples
{
    // Nobody should copy a line that this build can only refuse.
    private static readonly bool HasTorch = TorchMethods.All.Count > 0;

    // A method that is worth a look beside the network's own map.
    private static readonly string Cam = HasTorch ? "gradcam" : "eigencam";

    private static readonly string Planes = HasTorch ? "--method Grad-CAM --layers encoder.levels.2,encoder.levels.3" : "--method Eigen-CAM --features encoder.levels.13.depthwise.Clip";

    private static readonly Dictionary<string, string[]> All = new(StringComparer.Ordinal)
    {
        [""] = ["cxrnet classify --demo", "cxrnet classify chest.png", "cxrnet doctor"],
        ["classify"] = ["cxrnet classify chest.dcm --overlay pictures", "cxrnet classify xrays --json --quiet > results.jsonl", "cxrnet classify xrays --model site.onnx --batch 16"],
        ["card"] = ["cxrnet card", "cxrnet card model.onnx --json", "cxrnet card init model.onnx", "cxrnet card check model.onnx chest.png"],
        ["init"] = ["cxrnet card init model.onnx", "cxrnet card init model.onnx --out model.card.json --force"],
        ["check"] = ["cxrnet card check model.onnx chest.png", "cxrnet card check model.onnx --json"],
        ["segment"] = ["cxrnet segment xrays --out masks"],
        ["evaluate"] = ["cxrnet evaluate --data manifest.csv --split test --html report", "cxrnet evaluate --data manifest.csv --scores scores.csv", "cxrnet evaluate --data manifest.csv --shortcuts"],
        ["explain"] = ["cxrnet explain chest.png --method network,occlusion,scorecam --out maps", "cxrnet explain chest.png --method rise --masks 2000 --target covid19 --out maps", $"cxrnet explain chest.png {Planes} --out maps"],
        ["compare-maps"] = ["cxrnet compare-maps --data manifest.csv --split test --limit 40 --out report", $"cxrnet compare-maps --phantom 20 --methods network,{Cam} --out report", $"cxrnet compare-maps --data manifest.csv --methods network,{Cam} --evaluator evaluator.onnx --out report"],
        ["phantom"] = ["cxrnet phantom --class covid19 --seed 3 --out chest.png --mask lesions.png"],
        ["train"] = ["cxrnet train --data manifest.csv --out runs/mine --epochs 14", "cxrnet train --task lungs --data manifest.csv --out runs/lungs --epochs 9"],
        ["export"] = ["cxrnet export runs/mine --out mine.onnx --half --calibrate manifest.csv"],
        ["calibrate"] = ["cxrnet calibrate scores.csv --out site.card.json --site ward-3"],
        ["compare"] =
        [
            "cxrnet compare --phantom 16 --backends onnx,onnx-int8=small.onnx --require lower-precision",
            .. HasTorch ? (string[])["cxrnet compare xrays --backends onnx,torch --require same-weights"] : [],
        ],
        ["quantize"] = ["cxrnet quantize model.onnx --images radiographs --out model-int8.onnx", "cxrnet quantize model.onnx --data manifest.csv --split val --limit 100 --out model-int8.onnx"],
        ["randomize"] = [$"cxrnet randomize --phantom 8 --methods network,{Cam} --out report"],
        ["bench"] = ["cxrnet bench --seconds 5", "cxrnet bench --model model.onnx --images radiographs --json"],
        ["doctor"] = ["cxrnet doctor", "cxrnet doctor model.onnx --json"],
        ["completion"] = ["source <(cxrnet completion bash)", "cxrnet completion pwsh >> $PROFILE"],
    };

    /// <summary>The examples of a command; those of the program itself under the empty name.</summary>
    public static IReadOnlyList<string> Of(string command) => All.GetValueOrDefault(command) ?? [];
}
