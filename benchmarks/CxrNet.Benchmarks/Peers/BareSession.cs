using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Benchmarks.Peers;

/// <summary>ONNX Runtime from C# without this library: one session, ready tensors, preallocated outputs, nothing else. What a backend is measured against.</summary>
internal sealed class BareSession : INetworkPeer
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    /// <summary>Loads a model for one batch size.</summary>
    /// <param name="model">The bytes of an .onnx file.</param>
    /// <param name="batch">Images.</param>
    /// <param name="threads">Of the engine; it does not spin, as the library's do not.</param>
    /// <param name="withMap">Whether the map is read out.</param>
    /// <param name="name">What tables call it.</param>
    /// <param name="provider">Adds an execution provider; null for the CPU.</param>
    public BareSession(byte[] model, int batch, int threads, bool withMap = true, string name = "ONNX Runtime C#, bare session", Action<SessionOptions>? provider = null)
    {
        Name = name;
        CxrModelCard card = BenchmarkModel.Card;
        using SessionOptions options = new() { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        provider?.Invoke(options);
        _session = new InferenceSession(model, options);
        int side = BenchmarkModel.Side;
        Logits = new float[batch * card.Findings.Count];
        _inputNames = [card.Input.Name];
        _outputNames = withMap && card.Outputs.Map is { } map ? [card.Outputs.Logits!, map] : [card.Outputs.Logits!];
        _inputs = [OrtValue.CreateTensorValueFromMemory(BenchmarkModel.Inputs(batch), [batch, card.Input.Channels, side, side])];
        OrtValue logits = OrtValue.CreateTensorValueFromMemory(Logits, [batch, card.Findings.Count]);
        _outputs = _outputNames.Length == 1 ? [logits] : [logits, OrtValue.CreateTensorValueFromMemory(new float[batch * side * side], [batch, 1, side, side])];
    }

    public string Name { get; }

    public float[] Logits { get; }

    public double Run() => Stopwatched.Time(RunOnce);

    public void RunOnce() => _session.Run(_run, _inputNames, _inputs, _outputNames, _outputs);

    public void Dispose()
    {
        foreach (OrtValue value in (OrtValue[])[.. _inputs, .. _outputs])
        {
            value.Dispose();
        }

        _run.Dispose();
        _session.Dispose();
    }
}
