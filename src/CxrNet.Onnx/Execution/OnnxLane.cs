using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>What one forward pass reads and writes: pinned memory for a batch, and the engine's view of it, made once. Rented from its model; disposing of it gives it back.</summary>
/// <remarks>For one thread at a time. What was read from it has to be copied before it is given back.</remarks>
internal sealed class OnnxLane : IDisposable
{
    private readonly OnnxModel _model;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly OnnxBinding?[] _bindings;
    private readonly OnnxBinding?[] _logitsAlone;

    /// <summary>Makes a lane.</summary>
    /// <param name="model">Whose memory it is.</param>
    /// <param name="capacity">The most images of a pass.</param>
    public OnnxLane(OnnxModel model, int capacity)
    {
        _model = model;
        Capacity = capacity;
        Input = GC.AllocateUninitializedArray<float>(checked(capacity * model.InputLength), pinned: true);
        Outputs = [.. model.OutputLengths.Select(length => TensorBuffer.Over(GC.AllocateUninitializedArray<float>(checked(capacity * length), pinned: true), capacity, length))];
        _bindings = new OnnxBinding?[capacity + 1];
        _logitsAlone = new OnnxBinding?[capacity + 1];
    }

    /// <summary>The most images of a pass.</summary>
    public int Capacity { get; }

    /// <summary>One input after the other, as the card's layout says.</summary>
    public float[] Input { get; }

    /// <summary>What was written, in the order of the model's outputs.</summary>
    public IReadOnlyList<TensorBuffer> Outputs { get; }

    /// <summary>Blackens the rows that fill a batch up.</summary>
    public void Pad(int images, int rows) => Input.AsSpan(images * _model.InputLength, (rows - images) * _model.InputLength).Clear();

    /// <summary>One forward pass.</summary>
    /// <param name="rows">How many of the inputs the engine is given.</param>
    /// <param name="isLogitsAlone">Whether only the first output is asked for.</param>
    /// <param name="cancellationToken">Stops the pass between two nodes of the graph.</param>
    /// <exception cref="OnnxRuntimeException">It failed, or was stopped.</exception>
    public void Run(int rows, bool isLogitsAlone, CancellationToken cancellationToken)
    {
        OnnxBinding binding = (isLogitsAlone ? _logitsAlone : _bindings)[rows] ??= _model.Bind(this, rows, isLogitsAlone);
        try
        {
            // Disposing of the registration waits for a stop that is under way, so that none can meet the next pass.
            using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static run => ((RunOptions)run!).Terminate = true, _run);
            binding.Run(_run);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _run.Terminate = false;
            }
        }
    }

    /// <summary>Gives the lane back to its model.</summary>
    public void Dispose() => _model.Return(this);

    /// <summary>Frees what is the engine's.</summary>
    public void Free()
    {
        foreach (OnnxBinding? binding in _bindings.Concat(_logitsAlone))
        {
            binding?.Dispose();
        }

        _run.Dispose();
    }
}
