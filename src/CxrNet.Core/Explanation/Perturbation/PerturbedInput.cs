using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>One prepared image, and a batch of masks that are applied to it and scored. All memory is pooled and used again for each batch.</summary>
internal sealed class PerturbedInput : IDisposable
{
    private readonly ICxrClassifier _classifier;
    private readonly ITensorClassifier? _direct;
    private readonly PerturbationOptions _options;
    private readonly CardInput _seen;
    private readonly InputTensor _input;
    private readonly TensorBuffer _difference;
    private readonly TensorBuffer _reference;
    private readonly TensorBuffer _masks;
    private readonly TensorBuffer _changed;
    private readonly TensorBuffer _logits;
    private readonly float[] _scores;
    private readonly (int Index, int Count) _place;
    private readonly int _target;
    private int _done;

    public PerturbedInput(ICxrClassifier classifier, PerturbationOptions options, GrayImage image, int? finding, (int Index, int Count) place, CancellationToken cancellationToken)
    {
        _classifier = classifier;
        _direct = classifier as ITensorClassifier;
        _options = options;
        _place = place;
        Image = image;
        Card = classifier.Card;
        CardInput whole = Card.Input with { Lungs = LungHandling.None };
        _seen = _direct is not null ? whole : GreyOf(whole);
        Width = _seen.Width;
        Height = _seen.Height;
        PlaneLength = Width * Height;
        int length = PlaneLength * _seen.Channels;
        _input = InputTensor.From([image], _seen);
        _reference = TensorBuffer.Rent(1, length);
        _difference = TensorBuffer.Rent(1, length);
        _masks = TensorBuffer.Rent(options.BatchSize, PlaneLength);
        _changed = TensorBuffer.Rent(_direct is null ? 1 : options.BatchSize, length);
        _logits = TensorBuffer.Rent(options.BatchSize, Card.Findings.Count);
        _scores = new float[options.BatchSize];
        try
        {
            ReferenceValues.Fill(_input.Values.Span, _reference[0], _seen, options.Reference, _direct is null ? Card.Input.Normalization : null);
            TensorPrimitives.Subtract(_input.Values.Span, _reference[0], _difference[0]);
            _masks[0].Fill(1);
            ScoreLogits(1, cancellationToken);
            _target = finding ?? TargetFinding.TopOf(Card, _logits[0]);
            Whole = ScoreOf(0);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public CxrModelCard Card { get; }

    public GrayImage Image { get; }

    public int Width { get; }

    public int Height { get; }

    public int PlaneLength { get; }

    /// <summary>Masks that are scored together.</summary>
    public int BatchSize => _options.BatchSize;

    /// <summary>The part of the image that the input stands for.</summary>
    public PixelRegion Region => _input.RegionOf(0);

    /// <summary>The finding that is explained.</summary>
    public string Finding => Card.Findings[_target].Name;

    /// <summary>The score of the image as it is.</summary>
    public float Whole { get; }

    /// <summary>Where a method writes the masks of a batch: 1 keeps the image, 0 puts the reference in its place.</summary>
    public Span<float> Mask(int index) => _masks[index];

    /// <summary>What the network sees, in grey levels 0 … 1.</summary>
    public GrayImage SeenImage()
    {
        using InputTensor grey = InputTensor.From([Image], GreyOf(_seen));
        return new GrayImage(Width, Height, grey.Values.ToArray(), Image.Info);
    }

    /// <summary>Scores the masks of a batch.</summary>
    /// <param name="count">How many of them.</param>
    /// <param name="total">Masks of the whole method, for the progress.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One score per mask, valid until the next call.</returns>
    public ReadOnlySpan<float> Score(int count, int total, CancellationToken cancellationToken)
    {
        ScoreLogits(count, cancellationToken);
        for (int i = 0; i < count; i++)
        {
            _scores[i] = ScoreOf(i);
        }

        _done += count;
        _options.Progress?.Report(new ExplanationProgress(_place.Index, _place.Count, _done, total));
        return _scores.AsSpan(0, count);
    }

    public void Dispose()
    {
        _input.Dispose();
        _reference.Dispose();
        _difference.Dispose();
        _masks.Dispose();
        _changed.Dispose();
        _logits.Dispose();
    }

    private static CardInput GreyOf(CardInput input) => input with { Channels = 1, Layout = TensorLayout.Nchw, Normalization = InputNormalization.UnitRange };

    private void ScoreLogits(int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_direct is not null)
        {
            for (int i = 0; i < count; i++)
            {
                Apply(_masks[i], _changed[i]);
            }

            _direct.ScoreInputs(_changed, count, _logits, cancellationToken);
            TensorInputGuard.CheckLogits(_logits, count, Card);
            return;
        }

        GrayImage[] images = new GrayImage[count];
        for (int i = 0; i < count; i++)
        {
            // An image owns its pixels for good, so these cannot be pooled.
            float[] pixels = new float[PlaneLength];
            Apply(_masks[i], pixels);
            images[i] = new GrayImage(Width, Height, pixels, Image.Info);
        }

        IReadOnlyList<CxrPrediction> predictions = _classifier.Classify(images, cancellationToken);
        for (int i = 0; i < count; i++)
        {
            if (predictions[i].IsWithheld)
            {
                throw new CxrModelException(Card.Id, $"'{Card.Id}' withheld the findings of a changed image, and a map needs its scores; explain the classifier inside the guard.{(predictions[i].Warnings is [.., string reason] ? $" The guard: {reason}" : "")}");
            }

            int trained = 0;
            for (int f = 0; f < Card.Findings.Count; f++)
            {
                _logits[i][f] = Card.Findings[f].IsTrained ? predictions[i].Logits[trained++] : 0;
            }
        }
    }

    private void Apply(ReadOnlySpan<float> mask, Span<float> destination)
    {
        ReadOnlySpan<float> difference = _difference[0], reference = _reference[0];
        if (_seen.Layout == TensorLayout.Nhwc && _seen.Channels > 1)
        {
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = (mask[i / _seen.Channels] * difference[i]) + reference[i];
            }

            return;
        }

        for (int start = 0; start < destination.Length; start += PlaneLength)
        {
            TensorPrimitives.MultiplyAdd(mask, difference.Slice(start, PlaneLength), reference.Slice(start, PlaneLength), destination.Slice(start, PlaneLength));
        }
    }

    private float ScoreOf(int row) => FindingScores.Of(_logits[row], _target, Card, _options.Score);
}
