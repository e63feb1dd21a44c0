using System.Text.Json;
using CxrNet.Benchmarks.Peers;
using CxrNet.Torch.Export.Schema;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Benchmarks.Ceiling;

/// <summary>How many multiply-adds one image costs: counted over the convolutions and linear layers of the ONNX graph.</summary>
/// <remarks>A convolution of weight [m, c, h, w] costs m c h w for each pixel of an output plane, a linear layer the product of its weight's sides. The shapes between the nodes are those that ONNX Runtime's own profile of an unoptimised run states.</remarks>
internal static class NetworkCost
{
    /// <summary>10^9 multiply-adds an image.</summary>
    public static double GigaMultiplyAdds(string onnxFile)
    {
        using FileStream file = File.OpenRead(onnxFile);
        GraphProto graph = ModelProto.Parser.ParseFrom(file).Graph;
        Dictionary<string, long[]> weights = graph.Initializer.ToDictionary(static t => t.Name, static t => t.Dims.ToArray(), StringComparer.Ordinal);
        Dictionary<string, long[]> outputs = OutputShapes(onnxFile);
        double sum = 0;
        foreach ((NodeProto node, int index) in graph.Node.Select(static (n, i) => (n, i)))
        {
            if (node.OpType is not ("Conv" or "Gemm" or "MatMul") || !weights.TryGetValue(node.Input[1], out long[]? weight))
            {
                continue;
            }

            string name = node.Name.Length > 0 ? node.Name : $"{index}";
            double pixels = node.OpType == "Conv" ? outputs[name][2..].Aggregate(1.0, static (product, side) => product * side) : 1;
            sum += weight.Aggregate(pixels, static (product, side) => product * side);
        }

        return sum / 1e9;
    }

    private static Dictionary<string, long[]> OutputShapes(string onnxFile)
    {
        using SessionOptions options = new() { EnableProfiling = true, ProfileOutputPathPrefix = Path.Combine(PeerFiles.Folder, "profile"), GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using InferenceSession session = new(onnxFile, options);
        CxrModelCard card = BenchmarkModel.Card;
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(BenchmarkModel.Inputs(1), [1, card.Input.Channels, BenchmarkModel.Side, BenchmarkModel.Side]);
        using RunOptions run = new();
        session.Run(run, [card.Input.Name], [input], [card.Outputs.Logits!]).Dispose();
        string profile = session.EndProfiling();
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(profile));
        Dictionary<string, long[]> shapes = new(StringComparer.Ordinal);
        foreach (JsonElement entry in json.RootElement.EnumerateArray())
        {
            string name = entry.GetProperty("name").GetString()!;
            if (name.EndsWith("_kernel_time", StringComparison.Ordinal) && entry.GetProperty("args").TryGetProperty("output_type_shape", out JsonElement types) && types.GetArrayLength() > 0)
            {
                shapes[name[..^"_kernel_time".Length]] = [.. types[0].EnumerateObject().First().Value.EnumerateArray().Select(static d => d.GetInt64())];
            }
        }

        File.Delete(profile);
        return shapes;
    }
}
