using System.Runtime.InteropServices;
using CxrNet.Torch.Export.Schema;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Benchmarks.Peers;

/// <summary>The network as a TorchSharp user writes it: the graph's operators one after the other, eagerly, on plain contiguous tensors.</summary>
/// <remarks>None of what the library's own backend does: no channels-last memory, no keeping of freed memory. Where both run in one process the second applies to both.</remarks>
internal sealed class TorchSharpEager : INetworkPeer
{
    // TensorProto.DataType.FLOAT of onnx.proto.
    private const int Float32 = 1;

    private readonly GraphProto _graph;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly float[] _input;
    private readonly long[] _shape;

    public TorchSharpEager(int batch, int threads)
    {
        set_num_threads(threads);
        using FileStream file = File.OpenRead(BenchmarkModel.PlainFile);
        _graph = ModelProto.Parser.ParseFrom(file).Graph;
        _weights = _graph.Initializer.ToDictionary(static t => t.Name, Weight, StringComparer.Ordinal);
        _input = BenchmarkModel.Inputs(batch);
        _shape = [batch, BenchmarkModel.Card.Input.Channels, BenchmarkModel.Side, BenchmarkModel.Side];
        Logits = new float[batch * BenchmarkModel.Card.Findings.Count];
    }

    public string Name => "TorchSharp, eager";

    public float[] Logits { get; }

    public double Run() => Stopwatched.Time(RunOnce);

    public void RunOnce()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> values = new(_weights, StringComparer.Ordinal) { [BenchmarkModel.Card.Input.Name] = tensor(_input, _shape) };
        foreach (NodeProto node in _graph.Node)
        {
            values[node.Output[0]] = Step(node, values);
        }

        values[BenchmarkModel.Card.Outputs.Logits!].data<float>().CopyTo(Logits);
        _ = values[BenchmarkModel.Card.Outputs.Map!].data<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (Tensor weight in _weights.Values)
        {
            weight.Dispose();
        }
    }

    private static Tensor Step(NodeProto node, Dictionary<string, Tensor> values)
    {
        Tensor x = values[node.Input[0]];
        Tensor? At(int i) => i < node.Input.Count && node.Input[i].Length > 0 ? values[node.Input[i]] : null;
        return node.OpType switch
        {
            "Conv" => Convolve(x, At(1)!, At(2), node),
            "Relu" => functional.relu(x),
            "Clip" => x.clamp(At(1)!, At(2)!),
            "Sigmoid" => x.sigmoid(),
            "Add" => x + At(1)!,
            "Sub" => x - At(1)!,
            "Mul" => x * At(1)!,
            "Concat" => cat([.. node.Input.Select(name => values[name])], 1),
            "MaxPool" => functional.max_pool2d(x, Ints(node, "kernel_shape"), Ints(node, "strides")),
            "AveragePool" => functional.avg_pool2d(x, Ints(node, "kernel_shape"), Ints(node, "strides")),
            "GlobalAveragePool" => x.mean([2, 3], keepdim: true),
            "Flatten" => x.flatten(1),
            "Gemm" => functional.linear(x, At(1)!, At(2)),
            "Resize" => functional.interpolate(x, scale_factor: [.. At(2)!.data<float>().Skip(2).Select(static s => (double)s)], mode: InterpolationMode.Bilinear, align_corners: false),
            _ => throw new NotSupportedException($"The operator {node.OpType} is not written out for TorchSharp."),
        };
    }

    private static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, NodeProto node)
    {
        long[] pads = Ints(node, "pads") is { Length: 4 } four ? four : [0, 0, 0, 0];
        if (pads[0] != pads[2] || pads[1] != pads[3])
        {
            x = functional.pad(x, [pads[1], pads[3], pads[0], pads[2]]);
            pads = [0, 0];
        }

        long[] strides = Ints(node, "strides") is { Length: 2 } two ? two : [1, 1];
        return functional.conv2d(x, weight, bias, strides, [pads[0], pads[1]], [1, 1], node.Attribute.FirstOrDefault(static a => a.Name == "group")?.I ?? 1);
    }

    private static long[] Ints(NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name)?.Ints.ToArray() ?? [];

    private static Tensor Weight(TensorProto proto)
    {
        long[] shape = [.. proto.Dims];
        float[] values = proto.DataType != Float32 ? []
            : proto.RawData.IsEmpty ? [.. proto.FloatData] : MemoryMarshal.Cast<byte, float>(proto.RawData.Span).ToArray();
        return values.Length == 0 ? zeros(1) : tensor(values, shape);
    }
}
