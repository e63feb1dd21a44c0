// Over 200 lines: two sessions of one model and the three ways of running them, which cut batches alike.
namespace CxrNet.Onnx;

/// <summary>A classifier taken apart at its feature planes, so that maps can be made of them and the head be asked what it says of others: class activation maps without a gradient.</summary>
/// <remarks>
/// The file needs no preparation: the planes are those that its card names, or those before the last pooling. Where a path leads around them (a skip connection), the head also gets the image.
/// Safe for concurrent use. Must not be disposed while a call is running. It runs parts of any size up to <see cref="OnnxOptions.MaxBatch"/>; <see cref="OnnxOptions.BatchSizes"/> are the classifiers' and segmenters' alone.
/// </remarks>
public sealed class OnnxFeatureModel : IDisposable
{
    private readonly OnnxPart _body;
    private readonly OnnxPart _head;
    private readonly string _logits;
    private readonly string _features;
    private readonly bool _headReadsImage;
    private readonly int _most;
    private readonly int? _exactly;
    private readonly CardInput _input;
    private readonly Lock _probing = new();
    private float[]? _linearHead;

    private OnnxFeatureModel(OnnxFile file, OnnxOptions options, string tensor, bool isGuess)
    {
        Card = file.Card;
        FeatureTensor = tensor;
        _logits = Card.Outputs.Logits!;
        _input = Card.Input with { Lungs = LungHandling.None };
        OnnxParts parts = OnnxParts.Read(file.Bytes);
        _features = parts.FloatNameOf(tensor);
        byte[] head = parts.From(tensor, _logits, out IReadOnlyList<string> inputs)
            ?? throw new CxrModelException(file.Source, $"'{file.Source}': '{_logits}' does not depend on '{tensor}', so its planes explain nothing; name another tensor of features.");
        _body = OnnxPart.Load(file with { Bytes = parts.WithOutput(tensor) }, options);
        _headReadsImage = inputs.Contains(Card.Input.Name);
        try
        {
            OnnxGraph graph = new(file.Source, Card);
            graph.RequireInput(_body.Inputs, out int batch);
            _exactly = batch > 0 ? batch : null;
            _most = _exactly ?? options.MaxBatch;
            (string, long[], ReadOnlyMemory<float>)[] black = [(Card.Input.Name, _input.ShapeOf(_exactly ?? 1), new float[(_exactly ?? 1) * InputLength])];
            graph.RequireShape(_logits, _exactly ?? 1, _body.ShapeOf(_logits, black));
            long[] shape = _body.ShapeOf(_features, black);
            if (shape is not [_, > 0, > 0, > 0])
            {
                throw new CxrModelException(file.Source, $"'{file.Source}': '{tensor}' is [{string.Join(", ", shape)}], planes [n, c, h, w] were expected of features.");
            }

            if (isGuess && (shape[2] == 1 || shape[3] == 1))
            {
                throw new CxrModelException(file.Source, $"'{file.Source}': '{tensor}', which its last pooling reads, has {shape[2]} x {shape[3]} cells, which are no planes to look at: name the tensor in its card (outputs.features) or in the call.");
            }

            (Channels, Height, Width) = ((int)shape[1], (int)shape[2], (int)shape[3]);
            _head = OnnxPart.Load(file with { Bytes = head }, options);
        }
        catch
        {
            _body.Dispose();
            throw;
        }
    }

    /// <summary>What the model says of itself.</summary>
    public CxrModelCard Card { get; }

    /// <summary>What runs the model: what <see cref="OnnxOptions.Provider"/> asked for, or the processor where that could not be used and <see cref="OnnxOptions.AllowCpuFallback"/> was set.</summary>
    public OnnxProvider Provider => _body.Provider;

    /// <summary>Why the processor runs the model although something else was asked for; null where it is what was asked for.</summary>
    public string? FallbackReason => _body.FallbackReason;

    /// <summary>The tensor at which the model was taken apart.</summary>
    public string FeatureTensor { get; }

    /// <summary>Feature planes.</summary>
    public int Channels { get; }

    /// <summary>Rows of a feature plane.</summary>
    public int Height { get; }

    /// <summary>Columns of a feature plane.</summary>
    public int Width { get; }

    internal int FeatureLength => Channels * Height * Width;

    internal int PlaneLength => Height * Width;

    internal int InputLength => _input.Channels * _input.Height * _input.Width;

    internal CardInput Input => _input;

    /// <summary>Images that are run together at most.</summary>
    internal int MaxBatch => _most;

    /// <summary>Weight [finding, channel] of a head that is a mean over each plane and a linear layer.</summary>
    /// <exception cref="CxrModelException">The head is another.</exception>
    internal ReadOnlySpan<float> LinearHead(int finding) => LinearHead(default(CancellationToken)).AsSpan(finding * Channels, Channels);

    /// <summary>The same for all findings, [finding, channel]; asked for once, and again where that was stopped.</summary>
    internal float[] LinearHead(CancellationToken cancellationToken)
    {
        lock (_probing)
        {
            return _linearHead ??= OnnxHead.Weights(this, cancellationToken);
        }
    }

    /// <summary>Loads a model file.</summary>
    /// <param name="path">The .onnx file of a classifier.</param>
    /// <param name="options">How to load it; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <param name="features">The tensor to take the model apart at; the card's where null, and where that names none either, the planes before the last pooling.</param>
    /// <exception cref="CxrModelException">As for a classifier; or there are no such planes.</exception>
    public static OnnxFeatureModel Load(string path, OnnxOptions? options = null, string? features = null) =>
        Create(OnnxFile.Open(path, Checked(options)), Checked(options), features);

    /// <summary>Loads a model that is already in memory.</summary>
    /// <param name="bytes">The bytes of an .onnx file.</param>
    /// <param name="options">How to load it; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <param name="features">The tensor to take the model apart at, as for a file.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static OnnxFeatureModel Load(byte[] bytes, OnnxOptions? options = null, string? features = null, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Create(OnnxFile.Read(bytes, name, folder: null, Checked(options)), Checked(options), features);
    }

    /// <summary>Scores and features of prepared images.</summary>
    internal void Run(ReadOnlyMemory<float> inputs, int count, Memory<float> features, Memory<float> logits, CancellationToken cancellationToken) =>
        InParts(count, (first, rows, stop) =>
        {
            using TensorBuffer spareFeatures = TensorBuffer.Rent(rows.Run, FeatureLength);
            using TensorBuffer spareLogits = TensorBuffer.Rent(rows.Run, Card.Findings.Count);
            using TensorBuffer input = Rows(inputs, first, rows, InputLength);
            _body.Run(
                [(Card.Input.Name, _input.ShapeOf(rows.Run), input.Values)],
                [(_features, [rows.Run, Channels, Height, Width], spareFeatures.Values), (_logits, [rows.Run, Card.Findings.Count], spareLogits.Values)],
                stop);
            spareFeatures.Values[..(rows.Wanted * FeatureLength)].CopyTo(features[(first * FeatureLength)..]);
            spareLogits.Values[..(rows.Wanted * Card.Findings.Count)].CopyTo(logits[(first * Card.Findings.Count)..]);
        }, cancellationToken);

    /// <summary>Scores of prepared images, without their features.</summary>
    internal void RunLogits(ReadOnlyMemory<float> inputs, int count, Memory<float> logits, CancellationToken cancellationToken) =>
        InParts(count, (first, rows, stop) =>
        {
            using TensorBuffer input = Rows(inputs, first, rows, InputLength);
            using TensorBuffer all = TensorBuffer.Rent(rows.Run, Card.Findings.Count);
            _body.Run([(Card.Input.Name, _input.ShapeOf(rows.Run), input.Values)], [(_logits, [rows.Run, Card.Findings.Count], all.Values)], stop);
            all.Values[..(rows.Wanted * Card.Findings.Count)].CopyTo(logits[(first * Card.Findings.Count)..]);
        }, cancellationToken);

    /// <summary>What the head says of features of the caller's making.</summary>
    /// <param name="features">[n, c, h, w].</param>
    /// <param name="image">The one prepared image that they are variants of; read only where some path leads around the features.</param>
    /// <param name="count">n.</param>
    /// <param name="logits">[n, findings].</param>
    /// <param name="cancellationToken">Stops the run.</param>
    internal void RunHead(ReadOnlyMemory<float> features, ReadOnlyMemory<float> image, int count, Memory<float> logits, CancellationToken cancellationToken) =>
        InParts(count, (first, rows, stop) =>
        {
            using TensorBuffer planes = Rows(features, first, rows, FeatureLength);
            using TensorBuffer all = TensorBuffer.Rent(rows.Run, Card.Findings.Count);
            using TensorBuffer images = TensorBuffer.Rent(_headReadsImage ? rows.Run : 0, InputLength);
            for (int i = 0; i < images.Count; i++)
            {
                image.Span.CopyTo(images[i]);
            }

            List<(string, long[], ReadOnlyMemory<float>)> inputs = [(_features, [rows.Run, Channels, Height, Width], planes.Values)];
            if (_headReadsImage)
            {
                inputs.Add((Card.Input.Name, _input.ShapeOf(rows.Run), images.Values));
            }

            _head.Run(inputs, [(_logits, [rows.Run, Card.Findings.Count], all.Values)], stop);
            all.Values[..(rows.Wanted * Card.Findings.Count)].CopyTo(logits[(first * Card.Findings.Count)..]);
        }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _body.Dispose();
        _head.Dispose();
    }

    private static OnnxOptions Checked(OnnxOptions? options)
    {
        OnnxOptions chosen = options ?? OnnxOptions.Default;
        chosen.Validate();
        return chosen;
    }

    private static OnnxFeatureModel Create(OnnxFile file, OnnxOptions options, string? features)
    {
        CxrModelCardCheck.Require(file.Card, CxrModelTask.Classification, file.Source);
        try
        {
            return Find(file, options, features);
        }
        catch (Exception e) when (OnnxDamage.Is(e))
        {
            throw OnnxDamage.In(file.Source, e);
        }
    }

    private static OnnxFeatureModel Find(OnnxFile file, OnnxOptions options, string? features)
    {
        OnnxParts parts = OnnxParts.Read(file.Bytes);
        string? named = features ?? file.Card.Outputs.Features;
        string tensor = named ?? OnnxFeatureSearch.Find(parts, file.Card.Outputs.Logits!)
            ?? throw new CxrModelException(file.Source, $"'{file.Source}' pools nothing on the way to '{file.Card.Outputs.Logits}', so its features are not known: name the tensor in its card (outputs.features) or in the call.");
        return parts.Has(tensor)
            ? new OnnxFeatureModel(file, options, parts.Uncast(tensor), named is null)
            : throw new CxrModelException(file.Source, $"'{file.Source}' has no tensor '{tensor}' to take the features from.");
    }

    private static TensorBuffer Rows(ReadOnlyMemory<float> source, int first, (int Wanted, int Run) rows, int length)
    {
        TensorBuffer buffer = TensorBuffer.Rent(rows.Run, length);
        source.Slice(first * length, rows.Wanted * length).CopyTo(buffer.Values);
        buffer.Values[(rows.Wanted * length)..].Span.Clear();
        return buffer;
    }

    private void InParts(int count, Action<int, (int Wanted, int Run), CancellationToken> run, CancellationToken cancellationToken)
    {
        for (int first = 0; first < count; first += _most)
        {
            int wanted = Math.Min(_most, count - first);
            run(first, (wanted, _exactly ?? wanted), cancellationToken);
        }
    }
}
