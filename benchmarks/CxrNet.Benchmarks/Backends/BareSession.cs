using System.Numerics.Tensors;
using CxrNet.Models;
using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Benchmarks.Backends;

/// <summary>The shipped network in ONNX Runtime without this library: ready tensors in, preallocated tensors out, made once.</summary>
internal sealed class BareSession : IDisposable
{
    private readonly SessionOptions _options = new();
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs, _outputs;
    private readonly OrtValue[] _from, _to;

    public BareSession(IReadOnlyList<GrayImage> images, bool withMap)
    {
        CxrModelCard card = BundledModels.CxrNetS.Card;

        // As the library sets it: spinning threads would take the cores from the other side of an interleaved run.
        _options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(BundledModels.CxrNetS.ReadAllBytes(), _options);
        using InputTensor input = InputTensor.From(images, card.Input with { Lungs = LungHandling.None });
        _inputs = [card.Input.Name];
        _outputs = withMap ? [card.Outputs.Logits!, card.Outputs.Map!] : [card.Outputs.Logits!];
        _from = [OrtValue.CreateTensorValueFromMemory(input.Values.ToArray(), input.Shape)];
        using IDisposableReadOnlyCollection<OrtValue> once = _session.Run(_run, _inputs, _from, _outputs);
        _to = [.. once.Select(static o => Like(o.GetTensorTypeAndShape().Shape))];
    }

    public void Run() => _session.Run(_run, _inputs, _from, _outputs, _to);

    public void Dispose()
    {
        Array.ForEach(_from, static v => v.Dispose());
        Array.ForEach(_to, static v => v.Dispose());
        _run.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private static OrtValue Like(long[] shape) => OrtValue.CreateTensorValueFromMemory(new float[TensorPrimitives.Product<long>(shape)], shape);
}
