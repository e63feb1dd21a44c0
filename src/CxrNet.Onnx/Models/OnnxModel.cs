// Over 200 lines: what a graph gives, who is using it and when it may be freed are one decision under one lock.
using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CxrNet.Onnx;

/// <summary>A loaded network: its session, and the memory of its passes.</summary>
/// <remarks>Safe for concurrent use. Disposed of while a pass is under way, it lets that finish and refuses the next.</remarks>
internal sealed class OnnxModel : IDisposable
{
    private readonly Lock _gate = new();
    private readonly OnnxSession _session;
    private readonly string _source;
    private readonly string[] _outputNames;
    private readonly long[] _inputShape;
    private readonly long[][] _outputShapes;
    private readonly IReadOnlyList<int> _sizes;
    private readonly Stack<OnnxLane>[] _idle;
    private int _running;
    private bool _disposed;

    private OnnxModel(OnnxSession session, OnnxFile file, OnnxOptions options)
    {
        _session = session;
        _source = file.Source;
        Card = file.Card;
        OnnxGraph graph = new(file.Source, file.Card);
        CardOutputs outputs = file.Card.Outputs;
        string? logits = file.Card.Task == CxrModelTask.Classification ? outputs.Logits : null;
        string? map = logits is null || options.ReadMap ? outputs.Map : null;
        string? pooled = UsesPooled(file.Card, options) ? outputs.Pooled : null;
        _outputNames = [.. new[] { logits, map, pooled }.OfType<string>()];
        graph.RequireInput(OnnxGraph.InputsOf(session.Session), out int fixedBatch);
        graph.RequireOutputs([.. session.Session.OutputNames], _outputNames);
        KeepsFeatures = options.KeepFeatures;
        _sizes = fixedBatch > 0 ? [fixedBatch] : options.BatchSizes;
        MaxBatch = _sizes.Count > 0 ? _sizes[^1] : options.MaxBatch;
        _inputShape = Card.Input.ShapeOf(fixedBatch > 0 ? fixedBatch : 1);
        InputLength = (int)TensorPrimitives.Product<long>(_inputShape.AsSpan(1));
        _outputShapes = RunOnce();
        for (int i = 0; i < _outputNames.Length; i++)
        {
            graph.RequireShape(_outputNames[i], _inputShape[0], _outputShapes[i]);
        }

        OutputLengths = [.. _outputShapes.Select(static s => (int)TensorPrimitives.Product<long>(s.AsSpan(1)))];
        LogitsAt = logits is null ? null : 0;
        MapAt = map is null ? null : LogitsAt + 1 ?? 0;
        PooledAt = pooled is null ? null : _outputNames.Length - 1;
        MapSize = MapAt is { } at ? ((int)_outputShapes[at][2], (int)_outputShapes[at][3]) : default;
        _idle = [.. Enumerable.Range(0, Log(MaxBatch) + 1).Select(static _ => new Stack<OnnxLane>())];
        if (options.WarmUp)
        {
            try
            {
                WarmUp();
            }
            catch
            {
                FreeIdle();   // the session is freed by who made it
                throw;
            }
        }
    }

    /// <summary>What the model says of itself.</summary>
    public CxrModelCard Card { get; }

    /// <summary>What runs it.</summary>
    public OnnxProvider Provider => _session.Provider;

    /// <summary>Why that is not what was asked for; null where it is.</summary>
    public string? FallbackReason => _session.FallbackReason;

    /// <summary>Most images in one pass.</summary>
    public int MaxBatch { get; }

    /// <summary>Values of one input.</summary>
    public int InputLength { get; }

    /// <summary>Values of one row of each output.</summary>
    public IReadOnlyList<int> OutputLengths { get; }

    /// <summary>Where the logits, the map and the pooled features are among the outputs; null for each that is not read.</summary>
    public int? LogitsAt { get; }

    /// <inheritdoc cref="LogitsAt"/>
    public int? MapAt { get; }

    /// <inheritdoc cref="LogitsAt"/>
    public int? PooledAt { get; }

    /// <summary>Rows and columns of the map; zeros where none is read.</summary>
    public (int Height, int Width) MapSize { get; }

    /// <summary>Whether predictions are to carry the pooled features.</summary>
    public bool KeepsFeatures { get; }

    /// <summary>Makes a session, and runs it once: what a graph really gives is known only then.</summary>
    /// <exception cref="CxrModelException">The engine is not there, refuses the file, or gives something else than the card says.</exception>
    public static OnnxModel Load(OnnxFile file, OnnxOptions options)
    {
        OnnxSession? session = null;
        try
        {
            session = OnnxSession.Create(file, options);
            try
            {
                return new OnnxModel(session, file, options);
            }
            catch (OnnxRuntimeException e) when (session.Provider != OnnxProvider.Cpu && options.AllowCpuFallback)
            {
                // A provider that makes a session and fails in its first pass cannot be used either.
                session.Dispose();
                session = OnnxSession.CreateOnProcessor(file, options, e.Message.ReplaceLineEndings(" "));
                return new OnnxModel(session, file, options);
            }
        }
        catch (Exception e)
        {
            session?.Dispose();
            throw e as CxrModelException ?? new CxrModelException(file.Source, $"'{file.Source}' cannot be loaded: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Refuses a call that is cancelled or comes too late, before any work is done.</summary>
    public void RequireUsable(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Memory for a pass. The caller disposes of it.</summary>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public OnnxLane Rent(int images)
    {
        int capacity = Math.Min(MaxBatch, (int)BitOperations.RoundUpToPowerOf2((uint)RowsFor(images)));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _running++;
            if (_idle[Log(capacity)].TryPop(out OnnxLane? lane))
            {
                return lane;
            }
        }

        try
        {
            return new OnnxLane(this, capacity);
        }
        catch
        {
            Leave(null);
            throw;
        }
    }

    /// <summary>Takes a lane back; <see cref="OnnxLane.Dispose"/> calls it.</summary>
    public void Return(OnnxLane lane) => Leave(lane);

    /// <summary>One forward pass over the first rows of a lane, filled up to a size that the engine is to see.</summary>
    /// <param name="lane">Its inputs are read and its outputs written.</param>
    /// <param name="images">How many of its inputs are meant.</param>
    /// <param name="isLogitsAlone">Whether only the logits are wanted.</param>
    /// <param name="cancellationToken">Stops the pass between two nodes of the graph.</param>
    public void Run(OnnxLane lane, int images, bool isLogitsAlone, CancellationToken cancellationToken)
    {
        int rows = RowsFor(images);
        lane.Pad(images, rows);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            lane.Run(rows, isLogitsAlone, cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CxrModelException(Card.Id, $"'{Card.Id}' failed on a batch of {rows}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The engine's view of the first rows of a lane.</summary>
    public OnnxBinding Bind(OnnxLane lane, int rows, bool isLogitsAlone)
    {
        List<(string, long[], Memory<float>)> outputs = [];
        for (int i = 0; i < (isLogitsAlone ? 1 : _outputNames.Length); i++)
        {
            outputs.Add((_outputNames[i], [rows, .. _outputShapes[i].AsSpan(1)], lane.Outputs[i].Values[..(rows * OutputLengths[i])]));
        }

        return new OnnxBinding(_session, (Card.Input.Name, [rows, .. _inputShape.AsSpan(1)], lane.Input.AsMemory(0, rows * InputLength)), outputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            bool isFirst = !_disposed;
            _disposed = true;
            if (isFirst && _running == 0)
            {
                Free();
            }
        }
    }

    private static bool UsesPooled(CxrModelCard card, OnnxOptions options) =>
        card.Task == CxrModelTask.Classification && card.Outputs.Pooled is not null && (card.Guard is not null || options.KeepFeatures);

    private static int Log(int capacity) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)capacity));

    private int RowsFor(int images)
    {
        foreach (int size in _sizes)
        {
            if (size >= images)
            {
                return size;
            }
        }

        return images;
    }

    private void WarmUp()
    {
        foreach (int rows in _sizes.Count > 0 ? _sizes : [1, MaxBatch])
        {
            OnnxLane lane = Rent(rows);
            try
            {
                lane.Input.AsSpan().Clear();
                Run(lane, rows, isLogitsAlone: false, CancellationToken.None);
            }
            finally
            {
                lane.Dispose();
            }
        }
    }

    /// <summary>The shapes of the outputs for a black image, which must be numbers.</summary>
    private long[][] RunOnce()
    {
        float[] black = new float[checked((int)_inputShape[0] * InputLength)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(black, _inputShape);
        using RunOptions run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Session.Run(run, [Card.Input.Name], [input], _outputNames);
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

    // Idle lanes are kept for as many callers as the machine has cores; beyond that their memory is worth more than the time to make one.
    private void Leave(OnnxLane? lane)
    {
        lock (_gate)
        {
            _running--;
            Stack<OnnxLane>? idle = lane is null || _disposed ? null : _idle[Log(lane.Capacity)];
            if (idle?.Count < Environment.ProcessorCount)
            {
                idle.Push(lane!);
            }
            else
            {
                lane?.Free();
            }

            if (_disposed && _running == 0)
            {
                Free();
            }
        }
    }

    private void Free()
    {
        FreeIdle();
        _session.Dispose();
    }

    private void FreeIdle()
    {
        foreach (OnnxLane lane in _idle.SelectMany(static l => l))
        {
            lane.Free();
        }
    }
}
