using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CxrNet.Onnx;

/// <summary>A loaded network. The only file that names the engine's session and tensors; numbers go in and out as plain memory.</summary>
/// <remarks>Safe for concurrent use. Disposed of while a run is under way, it lets that run finish and refuses the next.</remarks>
internal sealed class OnnxModel : IDisposable
{
    private readonly Lock _gate = new();
    private readonly InferenceSession _session;
    private readonly string _source;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly long[] _inputShape;
    private readonly long[][] _outputShapes;
    private int _running;
    private bool _disposed;

    private OnnxModel(InferenceSession session, OnnxFile file, OnnxOptions options)
    {
        _session = session;
        _source = file.Source;
        Card = file.Card;
        OnnxGraph graph = new(file.Source, file.Card);
        CardOutputs outputs = file.Card.Outputs;
        _inputNames = [file.Card.Input.Name];
        _outputNames = [.. new[] { file.Card.Task == CxrModelTask.Classification ? outputs.Logits : null, outputs.Map, UsesPooled(file.Card, options) ? outputs.Pooled : null }.OfType<string>()];
        graph.RequireInput(session.InputMetadata.ToDictionary(i => i.Key, i => (i.Value.ElementType, i.Value.Dimensions)), out int fixedBatch);
        graph.RequireOutputs([.. session.OutputNames], _outputNames);
        KeepsFeatures = options.KeepFeatures;
        FixedBatch = fixedBatch > 0 ? fixedBatch : null;
        MaxBatch = FixedBatch ?? options.MaxBatch;
        _inputShape = graph.InputShape(FixedBatch ?? 1);
        _outputShapes = RunOnce();
        for (int i = 0; i < _outputNames.Length; i++)
        {
            graph.RequireShape(_outputNames[i], _inputShape[0], _outputShapes[i]);
        }

        MapSize = Shape(outputs.Map) is { } map ? ((int)map[2], (int)map[3]) : default;
        PooledLength = UsesPooled(file.Card, options) && Shape(outputs.Pooled) is { } pooled ? (int)pooled[^1] : 0;
    }

    /// <summary>What the model says of itself.</summary>
    public CxrModelCard Card { get; }

    /// <summary>Most images in one run.</summary>
    public int MaxBatch { get; }

    /// <summary>The one batch size that the graph accepts; null where it accepts any.</summary>
    public int? FixedBatch { get; }

    /// <summary>Rows and columns of the map; zeros where the card lists none.</summary>
    public (int Height, int Width) MapSize { get; }

    /// <summary>How many pooled features a run gives; 0 where nobody looks at them.</summary>
    public int PooledLength { get; }

    /// <summary>Whether predictions are to carry the pooled features.</summary>
    public bool KeepsFeatures { get; }

    /// <summary>Makes a session, and runs it once: what a graph really gives is known only then.</summary>
    /// <exception cref="CxrModelException">The engine is not there, refuses the file, or gives something else than the card says.</exception>
    public static OnnxModel Load(OnnxFile file, OnnxOptions options)
    {
        InferenceSession? session = null;
        try
        {
            using SessionOptions sessionOptions = OnnxRuntimeLibrary.CreateSessionOptions(file, options);
            session = new InferenceSession(file.Bytes, sessionOptions);
            return new OnnxModel(session, file, options);
        }
        catch (Exception e)
        {
            session?.Dispose();
            throw e switch
            {
                CxrModelException => e,
                _ when OnnxRuntimeLibrary.IsMissing(e) => OnnxRuntimeLibrary.Missing(file.Source, e),
                OnnxRuntimeException => new CxrModelException(file.Source, $"'{file.Source}' was refused by ONNX Runtime: {e.Message.ReplaceLineEndings(" ")}", e),
                _ => new CxrModelException(file.Source, $"'{file.Source}' cannot be loaded: {e.Message.ReplaceLineEndings(" ")}", e),
            };
        }
    }

    /// <summary>Memory for the maps of a batch; null where the card lists none. The caller disposes of it.</summary>
    public TensorBuffer? RentMap(int count) => Card.Outputs.Map is null ? null : TensorBuffer.Rent(count, MapSize.Height * MapSize.Width);

    /// <summary>Memory for the pooled features of a batch; null where nobody looks at them. The caller disposes of it.</summary>
    public TensorBuffer? RentPooled(int count) => PooledLength == 0 ? null : TensorBuffer.Rent(count, PooledLength);

    /// <summary>Refuses a call that is cancelled or comes too late, before any work is done.</summary>
    public void RequireUsable(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>One forward pass: nothing is copied, the engine reads from and writes to the memory given.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="logits">[n, findings]; null for a segmenter.</param>
    /// <param name="map">[n, h, w]; null where the card lists none.</param>
    /// <param name="pooled">[n, c]; null where nobody looks at them.</param>
    /// <param name="cancellationToken">Stops the run between two nodes of the graph.</param>
    public void Run(InputTensor input, TensorBuffer? logits, TensorBuffer? map, TensorBuffer? pooled, CancellationToken cancellationToken)
    {
        List<(string Name, long[] Shape, Memory<float> Values)> outputs = new(3);
        foreach (TensorBuffer? output in new[] { logits, map, pooled })
        {
            if (output is not null)
            {
                outputs.Add((_outputNames[outputs.Count], _outputShapes[outputs.Count], output.Values));
            }
        }

        Run(input.Values, input.Count, outputs, cancellationToken);
    }

    /// <summary>One forward pass for the logits alone.</summary>
    /// <param name="inputs">n inputs, as many as the graph accepts.</param>
    /// <param name="count">n.</param>
    /// <param name="logits">[n, findings].</param>
    /// <param name="cancellationToken">Stops the run between two nodes of the graph.</param>
    public void RunLogits(ReadOnlyMemory<float> inputs, int count, Memory<float> logits, CancellationToken cancellationToken) =>
        Run(inputs, count, [(_outputNames[0], _outputShapes[0], logits)], cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed && _running == 0)
            {
                _session.Dispose();
            }

            _disposed = true;
        }
    }

    private static bool UsesPooled(CxrModelCard card, OnnxOptions options) =>
        card.Task == CxrModelTask.Classification && card.Outputs.Pooled is not null && (card.Guard is not null || options.KeepFeatures);

    private long[]? Shape(string? output) => output is not null && Array.IndexOf(_outputNames, output) is >= 0 and var i ? _outputShapes[i] : null;

    private void Run(ReadOnlyMemory<float> inputs, int count, List<(string Name, long[] Shape, Memory<float> Values)> outputs, CancellationToken cancellationToken)
    {
        Enter();
        List<OrtValue> values = new(3);
        try
        {
            // Wrapping pins the pooled arrays until the values are disposed of.
            values.Add(Wrap(MemoryMarshal.AsMemory(inputs), count, _inputShape));
            foreach ((_, long[] shape, Memory<float> memory) in outputs)
            {
                values.Add(Wrap(memory, count, shape));
            }

            using RunOptions run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static run => ((RunOptions)run!).Terminate = true, run);
            _session.Run(run, _inputNames, values[..1], [.. outputs.Select(static o => o.Name)], values[1..]);
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CxrModelException(Card.Id, $"'{Card.Id}' failed on a batch of {count}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            values.ForEach(static v => v.Dispose());
            Leave();
        }
    }

    private static OrtValue Wrap(Memory<float> values, int count, long[] shapeOfAny)
    {
        long[] shape = [count, .. shapeOfAny.AsSpan(1)];
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
    }

    /// <summary>The shapes of the outputs for a black image, which must be numbers.</summary>
    private long[][] RunOnce()
    {
        float[] black = new float[TensorPrimitives.Product<long>(_inputShape)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(black, _inputShape);
        using RunOptions run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, _inputNames, [input], _outputNames);
        long[][] shapes = new long[_outputNames.Length][];
        for (int i = 0; i < shapes.Length; i++)
        {
            OrtTensorTypeAndShapeInfo info = outputs[i].GetTensorTypeAndShape();
            if (info.ElementDataType != TensorElementType.Float)
            {
                throw new CxrModelException(_source, $"'{_source}': output '{_outputNames[i]}' is {info.ElementDataType}, Float was expected.");
            }

            if (!TensorPrimitives.IsFiniteAll(outputs[i].GetTensorDataAsSpan<float>()))
            {
                throw new CxrModelException(_source, $"'{_source}': output '{_outputNames[i]}' has values that are no finite numbers for a black image; the weights are damaged.");
            }

            shapes[i] = info.Shape;
        }

        return shapes;
    }

    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _running++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_running == 0 && _disposed)
            {
                _session.Dispose();
            }
        }
    }
}
