using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>The inputs and outputs of a pass over so many rows of a lane, as the engine knows them.</summary>
internal sealed class OnnxBinding : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly OrtIoBinding? _bound;

    /// <summary>Binds pinned arrays.</summary>
    /// <param name="session">The model's.</param>
    /// <param name="input">Name, shape and memory.</param>
    /// <param name="outputs">Name, shape and memory of each.</param>
    public OnnxBinding(OnnxSession session, (string Name, long[] Shape, Memory<float> Values) input, IReadOnlyList<(string Name, long[] Shape, Memory<float> Values)> outputs)
    {
        _session = session.Session;
        _inputNames = [input.Name];
        _outputNames = [.. outputs.Select(static o => o.Name)];
        _inputs = [Wrap(input.Values, input.Shape)];
        _outputs = [.. outputs.Select(static o => Wrap(o.Values, o.Shape))];
        if (!session.UsesCpuMemory)
        {
            return;
        }

        _bound = _session.CreateIoBinding();
        _bound.BindInput(input.Name, _inputs[0]);
        for (int i = 0; i < _outputs.Length; i++)
        {
            _bound.BindOutput(_outputNames[i], _outputs[i]);
        }
    }

    /// <summary>One forward pass.</summary>
    public void Run(RunOptions run)
    {
        // Binding copies to a card's memory once and for all; there the values have to be given anew.
        if (_bound is not null)
        {
            _session.RunWithBinding(run, _bound);
        }
        else
        {
            _session.Run(run, _inputNames, _inputs, _outputNames, _outputs);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bound?.Dispose();
        Array.ForEach(_inputs, static v => v.Dispose());
        Array.ForEach(_outputs, static v => v.Dispose());
    }

    private static OrtValue Wrap(Memory<float> values, long[] shape) => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
}
