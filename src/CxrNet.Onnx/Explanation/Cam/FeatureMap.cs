namespace CxrNet.Onnx;

/// <summary>The shared flow of maps that are made from a network's feature planes: one forward pass for scores and features, then a small formula.</summary>
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
        CxrModelCard card = _model.Card;
        int? finding = TargetFinding.IndexOf(card, target);
        cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < images.Count; i++)
        {
            _ = images[i] ?? throw new ArgumentException($"Image {i} is null.", nameof(images));
        }

        Heatmap[] maps = new Heatmap[images.Count];
        for (int i = 0; i < maps.Length; i++)
        {
            using InputTensor input = InputTensor.From([images[i]], _model.Input);
            using TensorBuffer features = TensorBuffer.Rent(1, _model.FeatureLength);
            using TensorBuffer logits = TensorBuffer.Rent(1, card.Findings.Count);
            _model.Run(input.Values, 1, features.Values, logits.Values, cancellationToken);
            FeatureView view = new(_model, input.Values, features.Values, logits.Values, finding ?? TargetFinding.TopOf(card, logits[0]));
            int image = i;
            view = Progress is null ? view : view with { Scored = (done, total) => Progress.Report(new ExplanationProgress(image, images.Count, done, total)) };
            float[] values = Explain(view, cancellationToken);
            maps[i] = new Heatmap(_model.Width, _model.Height, values, images[i].Width, images[i].Height, input.RegionOf(0))
            {
                Method = Method,
                Finding = IsClassFree ? null : card.Findings[view.Target].Name,
                IsSigned = IsSigned || Array.Exists(values, static v => v < 0),
            };
        }

        return maps;
    }

    /// <summary>Nothing is held; the model stays the caller's.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    private protected abstract float[] Explain(FeatureView view, CancellationToken cancellationToken);
}
