using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>The shared flow of methods that change the input and watch the score: they need nothing of a backend but its classifier.</summary>
/// <remarks>
/// The input is prepared once, at the network's resolution and in the network's numbers, and <c>x' = m x + (1 - m) reference</c> is made from it for each mask m: an image is not resized, nor standardised anew, for every mask.
/// Through a classifier that is no <see cref="ITensorClassifier"/> the same is done to the grey plane of the network's resolution; a network that standardises each image then standardises each changed one.
/// Safe for concurrent use where the classifier is.
/// </remarks>
public abstract class PerturbationMap : IExplanationMap
{
    private readonly ICxrClassifier _classifier;
    private readonly PerturbationOptions _options;

    private protected PerturbationMap(ICxrClassifier classifier, PerturbationOptions options)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        options.Validate();
        _classifier = classifier;
        _options = options;
    }

    /// <inheritdoc/>
    public abstract string Method { get; }

    /// <summary>Whether the maps may hold negative values.</summary>
    private protected virtual bool IsSigned => true;

    /// <inheritdoc/>
    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
        ForEach(images, target, input => MapOf(input, Explain(input, cancellationToken)), cancellationToken);

    /// <summary>Nothing is held; the classifier stays the caller's.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Makes the raw map of one prepared image, at the network's resolution.</summary>
    private protected abstract float[] Explain(PerturbedInput input, CancellationToken cancellationToken);

    /// <summary>Prepares one image after the other and makes something of each.</summary>
    private protected T[] ForEach<T>(IReadOnlyList<GrayImage> images, ExplanationTarget target, Func<PerturbedInput, T> make, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        int? finding = TargetFinding.IndexOf(_classifier.Card, target);
        cancellationToken.ThrowIfCancellationRequested();
        T[] made = new T[images.Count];
        for (int i = 0; i < made.Length; i++)
        {
            GrayImage image = images[i] ?? throw new ArgumentException($"Image {i} is null.", nameof(images));
            using PerturbedInput input = new(_classifier, _options, image, finding, (i, images.Count), cancellationToken);
            made[i] = make(input);
        }

        return made;
    }

    /// <summary>Gives raw values out as a map.</summary>
    /// <exception cref="CxrModelException">A value is no finite number.</exception>
    private protected Heatmap MapOf(PerturbedInput input, float[] values) => TensorPrimitives.IsFiniteAll<float>(values)
        ? new Heatmap(input.Width, input.Height, values, input.Image.Width, input.Image.Height, input.Region)
        {
            Method = Method,
            Finding = input.Finding,
            IsSigned = IsSigned,
        }
        : throw new CxrModelException(input.Card.Id, $"'{input.Card.Id}': {Method} gave values that are no finite numbers.");
}
