using System.Numerics.Tensors;

namespace CxrNet.Onnx;

/// <summary>The shared flow of maps that are made from a network's feature planes: one forward pass for scores and features of as many images as the model runs together, then a small formula for each.</summary>
/// <remarks>Raw maps have the features' resolution; magnitudes and signs are kept, nothing is rectified or scaled per image. Safe for concurrent use.</remarks>
public abstract class FeatureMap : IExplanationMap
{
    private readonly OnnxFeatureModel _model;

    private protected FeatureMap(OnnxFeatureModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
    }

    /// <inheritdoc/>
    public abstract string Method { get; }

    /// <summary>Told after each batch of the methods that need many passes, on the thread of the call; null (the default) for nobody.</summary>
    public IProgress<ExplanationProgress>? Progress { get; init; }

    /// <summary>Whether the map is the same for every finding.</summary>
    private protected virtual bool IsClassFree => false;

    /// <summary>Whether negative values mean evidence against the finding; where not, they are only said where they occur.</summary>
    private protected virtual bool IsSigned => true;

    /// <inheritdoc/>
    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        int? finding = TargetFinding.IndexOf(_model.Card, target);
        cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < images.Count; i++)
        {
            _ = images[i] ?? throw new ArgumentException($"Image {i} is null.", nameof(images));
        }

        Heatmap[] maps = new Heatmap[images.Count];
        for (int first = 0; first < maps.Length; first += _model.MaxBatch)
        {
            Explain(images, first, finding, maps, cancellationToken);
        }

        return maps;
    }

    // The images of one forward pass.
    private void Explain(IReadOnlyList<GrayImage> images, int first, int? finding, Heatmap[] maps, CancellationToken cancellationToken)
    {
        CxrModelCard card = _model.Card;
        int count = Math.Min(_model.MaxBatch, images.Count - first);
        using InputTensor input = InputTensor.From([.. Enumerable.Range(first, count).Select(i => images[i])], _model.Input);
        using TensorBuffer features = TensorBuffer.Rent(count, _model.FeatureLength);
        using TensorBuffer logits = TensorBuffer.Rent(count, card.Findings.Count);
        _model.Run(input.Values, count, features.Values, logits.Values, cancellationToken);
        TensorInputGuard.CheckLogits(logits, count, card);
        for (int i = 0; i < count; i++)
        {
            GrayImage image = images[first + i];
            int place = first + i;
            FeatureView view = new(
                _model,
                input.Values.Slice(i * _model.InputLength, _model.InputLength),
                features.Values.Slice(i * _model.FeatureLength, _model.FeatureLength),
                logits.Values.Slice(i * card.Findings.Count, card.Findings.Count),
                finding ?? TargetFinding.TopOf(card, logits[i]))
            {
                Scored = Progress is null ? null : (done, total) => Progress.Report(new ExplanationProgress(place, images.Count, done, total)),
            };
            float[] values = Explain(view, cancellationToken);
            if (!TensorPrimitives.IsFiniteAll<float>(values))
            {
                throw new CxrModelException(card.Id, $"'{card.Id}': {Method} gave values that are no finite numbers for image {place}.");
            }

            maps[place] = new Heatmap(_model.Width, _model.Height, values, image.Width, image.Height, input.RegionOf(i))
            {
                Method = Method,
                Finding = IsClassFree ? null : card.Findings[view.Target].Name,
                IsSigned = IsSigned || Array.Exists(values, static v => v < 0),
            };
        }
    }

    /// <summary>Nothing is held; the model stays the caller's.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    private protected abstract float[] Explain(FeatureView view, CancellationToken cancellationToken);
}
