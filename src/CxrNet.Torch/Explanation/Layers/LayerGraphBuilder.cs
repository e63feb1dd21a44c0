using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Explanation;

/// <summary>Writes a network down as layers; every method adds one and gives its index. Weights are copied, and the copies belong to the graph.</summary>
/// <param name="device">Where the network runs; weights are copied there.</param>
internal sealed class LayerGraphBuilder(Device device)
{
    private readonly List<Layer> _layers = [new("input", LayerKind.Input, [], IsPlanes: true, static _ => throw new InvalidOperationException("The input is given, not computed."))];
    private readonly List<Tensor> _owned = [];

    /// <summary>The network's input, [n, c, h, w].</summary>
    public const int Input = 0;

    /// <summary>Zeros are added before (above, left) and after, which may differ.</summary>
    public int Convolution(string name, int x, Tensor weight, Tensor? bias, long[] strides, (long Above, long Left, long Below, long Right) pads, long groups = 1, long[]? dilations = null)
    {
        (weight, bias) = (Own(weight), OwnOrNone(bias));
        bool even = pads.Above == pads.Below && pads.Left == pads.Right;
        long[] padding = even ? [pads.Above, pads.Left] : [0, 0];
        return Add(new Layer(name, LayerKind.Convolution, [x], IsPlanes: true, v => functional.conv2d(even ? v[0] : Pad(v[0]), weight, bias, strides, padding, dilations, groups)) { Shift = bias });

        Tensor Pad(Tensor t) => functional.pad(t, [pads.Left, pads.Right, pads.Above, pads.Below]);
    }

    /// <summary>(x - mean) * gamma / sqrt(variance + eps) + beta.</summary>
    public int Norm(string name, int x, Tensor gamma, Tensor beta, Tensor mean, Tensor variance, double eps = 1e-5)
    {
        (gamma, beta, mean, variance) = (Own(gamma), Own(beta), Own(mean), Own(variance));
        Tensor shift = Own(beta - (mean * gamma / (variance + eps).sqrt()));
        bool planes = _layers[x].IsPlanes;
        return Add(new Layer(name, LayerKind.Norm, [x], planes, v => functional.batch_norm(v[0], mean, variance, gamma, beta, training: false, eps: eps)) { Shift = shift });
    }

    public int Dense(string name, int x, Tensor weight, Tensor? bias)
    {
        (weight, bias) = (Own(weight), OwnOrNone(bias));
        return Add(new Layer(name, LayerKind.Dense, [x], IsPlanes: false, v => functional.linear(v[0], weight, bias)) { Weight = weight, Shift = bias });
    }

    public int Relu(string name, int x) => Same(name, LayerKind.Rectifier, x, static v => v[0].relu());

    /// <summary>min(max(x, 0), most).</summary>
    /// <remarks>Not by TorchSharp 0.107's hardtanh: even where it is not to work in place, the tensor that it was given is gone afterwards.</remarks>
    public int Relu(string name, int x, double most) => Same(name, LayerKind.Rectifier, x, v => v[0].relu().clamp_max(most));

    public int Sigmoid(string name, int x) => Same(name, LayerKind.Sigmoid, x, static v => v[0].sigmoid());

    public int MaxPool(string name, int x, long[] kernel, long[] strides, long[] padding, bool ceil = false) =>
        Same(name, LayerKind.MaxPool, x, v => functional.max_pool2d(v[0], kernel, strides, padding, null, ceil));

    public int AveragePool(string name, int x, long[] kernel, long[] strides, long[] padding, bool countPadding = true, bool ceil = false) =>
        Same(name, LayerKind.AveragePool, x, v => functional.avg_pool2d(v[0], kernel, strides, padding, ceil, countPadding));

    public int GlobalAveragePool(string name, int x) => Same(name, LayerKind.GlobalAveragePool, x, static v => v[0].mean([2, 3], keepdim: true));

    /// <summary>[n, c, h, w] to [n, c h w].</summary>
    public int Flatten(string name, int x) => Add(new Layer(name, LayerKind.Routing, [x], IsPlanes: false, static v => v[0].flatten(1)));

    public int Concat(string name, int[] parts) => Add(new Layer(name, LayerKind.Routing, parts, _layers[parts[0]].IsPlanes, static v => cat(v, 1)));

    public int Add(string name, int x, int y) => Pair(name, LayerKind.Sum, x, y, static v => v[0] + v[1]);

    public int Subtract(string name, int x, int y) => Pair(name, LayerKind.Sum, x, y, static v => v[0] - v[1]);

    public int Multiply(string name, int x, int y)
    {
        bool first = _layers[x].Kind == LayerKind.Sigmoid, second = _layers[y].Kind == LayerKind.Sigmoid;
        return Add(new Layer(name, LayerKind.Product, [x, y], _layers[x].IsPlanes, static v => v[0] * v[1]) { Gate = first == second ? -1 : first ? 0 : 1 });
    }

    /// <summary>factor * x + shift, both constants.</summary>
    public int Affine(string name, int x, Tensor factor, Tensor shift, LayerKind kind)
    {
        (factor, shift) = (Own(factor), Own(shift));
        return Add(new Layer(name, kind, [x], _layers[x].IsPlanes, v => (v[0] * factor) + shift) { Shift = kind == LayerKind.Sum ? shift : null });
    }

    /// <summary>Bilinear, half-pixel centres.</summary>
    public int Enlarge(string name, int x, double[] factors) =>
        Same(name, LayerKind.Enlargement, x, v => functional.interpolate(v[0], scale_factor: factors, mode: InterpolationMode.Bilinear, align_corners: false));

    /// <summary>The finished graph.</summary>
    /// <param name="output">The layer of the logits, [n, findings].</param>
    /// <param name="encoder">The value that the classifying part reads; the input where nothing comes before that part, null where it is not known.</param>
    /// <param name="features">The layer of the planes that CAMs look at; null for those before the head.</param>
    public LayerGraph Build(int output, int? encoder = null, int? features = null) => new(_layers, _owned, output, encoder, features);

    private int Same(string name, LayerKind kind, int x, Func<Tensor[], Tensor> run) => Add(new Layer(name, kind, [x], _layers[x].IsPlanes, run));

    private int Pair(string name, LayerKind kind, int x, int y, Func<Tensor[], Tensor> run) => Add(new Layer(name, kind, [x, y], _layers[x].IsPlanes, run));

    private int Add(Layer layer)
    {
        _layers.Add(layer);
        return _layers.Count - 1;
    }

    private Tensor? OwnOrNone(Tensor? tensor) => tensor is null ? null : Own(tensor);

    // A copy that the scope of whoever builds the graph does not free.
    private Tensor Own(Tensor tensor)
    {
        Tensor copy = tensor.detach().to(ScalarType.Float32, device, copy: true).DetachFromDisposeScope();
        _owned.Add(copy);
        return copy;
    }
}
