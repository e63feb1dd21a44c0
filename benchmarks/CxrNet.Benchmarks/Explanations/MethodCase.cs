using CxrNet.Benchmarks.Peers;
using CxrNet.Onnx;
using CxrNet.Torch;

namespace CxrNet.Benchmarks.Explanations;

/// <summary>An explanation method with everything that it needs, made anew for each case.</summary>
public sealed class MethodCase
{
    private readonly string _name;
    private readonly Func<MethodCase, IExplanationMap> _create;
    private readonly List<IDisposable> _owned = [];

    private MethodCase(string name, Func<MethodCase, IExplanationMap> create) => (_name, _create) = (name, create);

    /// <summary>Every method of the library; those of gradients only where libtorch loads.</summary>
    public static IReadOnlyList<MethodCase> All()
    {
        List<MethodCase> all =
        [
            new("network", static c => new NetworkMap(c.Onnx())),
            new("occlusion", static c => new OcclusionMap(c.Onnx())),
            new("rise", static c => new RiseMap(c.Onnx())),
            new("ablation", static c => new FeatureAblationMap(c.Onnx())),
            new("lime", static c => new LimeMap(c.Onnx())),
            new("kernel_shap", static c => new KernelShapMap(c.Onnx())),
            .. OnnxExplanations.Methods.Keys.Select(static name => new MethodCase(name + " (ONNX)", c => OnnxExplanations.Create(name, c.Own(OnnxFeatureModel.Load(BenchmarkModel.Bytes, Options))))),
        ];
        if (Availability.Has("torch", "explanation methods of gradients"))
        {
            all.AddRange(TorchExplanations.Methods.Keys.Select(static name => new MethodCase(name + " (Torch)", c => c.Torch(name))));
        }

        return all;
    }

    public IExplanationMap Create() => _create(this);

    /// <summary>Disposes of what the method was made from.</summary>
    public void Close()
    {
        _owned.ForEach(static o => o.Dispose());
        _owned.Clear();
    }

    public override string ToString() => _name;

    private static OnnxOptions Options => new() { IntraOpThreads = BenchmarkScale.MostThreads };

    private OnnxClassifier Onnx() => Own(OnnxClassifier.Load(BenchmarkModel.Bytes, Options));

    private TorchExplanation Torch(string name) =>
        TorchExplanations.Create(name, Own(TorchClassifier.Load(BenchmarkModel.Bytes, new TorchOptions { Threads = BenchmarkScale.MostThreads, KeepFreedMemory = true })));

    private T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Add(part);
        return part;
    }
}
