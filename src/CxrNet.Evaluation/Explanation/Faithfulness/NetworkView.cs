using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>An image as its network sees it: what faithfulness figures change, so that an image is resized and standardised once and not anew for every pixel that is taken away.</summary>
/// <remarks>Through a classifier that is no <see cref="ITensorClassifier"/> the plane holds grey levels at the network's resolution, and a network that standardises each image standardises each changed one. Immutable; the scores are safe for concurrent use where the classifier is.</remarks>
public sealed class NetworkView
{
    private readonly ICxrClassifier _classifier;
    private readonly GrayImage _image;
    private readonly CardInput _seen;
    private readonly (float Slope, float Offset)[] _channels;

    private NetworkView(ICxrClassifier classifier, GrayImage image)
    {
        _classifier = classifier;
        _image = image;
        CardInput whole = classifier.Card.Input with { Lungs = LungHandling.None };
        _seen = classifier is ITensorClassifier ? whole : Grey(whole);
        using InputTensor input = InputTensor.From([image], _seen);
        Region = input.RegionOf(0);
        float[][] channels = [.. Enumerable.Range(0, _seen.Channels).Select(c => Channel(input.Values.Span, c))];
        Plane = new GrayImage(_seen.Width, _seen.Height, channels[0], image.Info);
        _channels = [.. channels.Select(c => Relation(channels[0], c))];
    }

    /// <summary>The first channel of the network's input, in the network's own numbers; the other channels follow from it.</summary>
    public GrayImage Plane { get; }

    /// <summary>The part of the image that the plane stands for.</summary>
    public PixelRegion Region { get; }

    /// <summary>Looks at an image through a network.</summary>
    /// <param name="classifier">Any backend; it stays the caller's.</param>
    /// <param name="image">A grey plane of any size, the card's lung handling done.</param>
    public static NetworkView Of(ICxrClassifier classifier, GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(image);
        return new NetworkView(classifier, image);
    }

    /// <summary>The image at the network's resolution, in grey levels 0 … 1: an image that any method can be asked about.</summary>
    internal GrayImage GreyPlane()
    {
        using InputTensor grey = InputTensor.From([_image], Grey(_seen));
        return new GrayImage(Plane.Width, Plane.Height, grey.Values.ToArray(), _image.Info);
    }

    /// <summary>The score of a finding for changed copies of <see cref="Plane"/>.</summary>
    /// <param name="finding">As the card names it.</param>
    /// <param name="score">The probability by default.</param>
    /// <exception cref="ArgumentException">The card has no trained finding of that name.</exception>
    public ImageScore Score(string finding, ExplainedScore score = ExplainedScore.Probability)
    {
        int index = TargetFinding.IndexOf(_classifier.Card, finding) ?? throw new ArgumentNullException(nameof(finding));
        if (_classifier is not ITensorClassifier direct)
        {
            return score == ExplainedScore.Logit ? ClassifierScore.Logit(_classifier, finding) : ClassifierScore.Probability(_classifier, finding);
        }

        return (planes, cancellationToken) => Run(direct, planes, logits => (double)FindingScores.Of(logits, index, _classifier.Card, score), cancellationToken);
    }

    /// <summary>The finding of the highest score for changed copies of <see cref="Plane"/>.</summary>
    internal string[] TopFindings(IReadOnlyList<GrayImage> planes, CancellationToken cancellationToken)
    {
        CxrModelCard card = _classifier.Card;
        return _classifier is ITensorClassifier direct
            ? Run(direct, planes, logits => card.Findings[TargetFinding.TopOf(card, logits)].Name, cancellationToken)
            : [.. _classifier.Classify(planes, cancellationToken).Select(p => ClassifierScore.Answered(p, _classifier).Top.Name)];
    }

    /// <summary>A map at the plane's resolution, one value per pixel of it.</summary>
    /// <param name="map">A map of the image at any resolution.</param>
    public float[] Place(Heatmap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Region == Region)
        {
            float[] values = new float[Plane.Pixels.Length];
            Resizer.Resize(map.Values, map.Width, map.Height, values, Plane.Width, Plane.Height, ResizeFilter.Bilinear);
            return values;
        }

        Heatmap sized = map.ToImageSize();
        return Place(sized.Values, sized.Width, sized.Height);
    }

    /// <summary>A mask of the image at the plane's resolution: set where at least half of what a pixel stands for is.</summary>
    /// <param name="mask">Of the image's size.</param>
    /// <exception cref="ArgumentException">The mask has another size than the image.</exception>
    public BinaryMask Place(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        float[] values = new float[mask.Pixels.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = mask.Pixels[i] ? 1 : 0;
        }

        return BinaryMask.AtLeast(Plane.Width, Plane.Height, Place(values, mask.Width, mask.Height), 0.5f);
    }

    private T[] Run<T>(ITensorClassifier direct, IReadOnlyList<GrayImage> planes, Func<ReadOnlySpan<float>, T> read, CancellationToken cancellationToken)
    {
        using TensorBuffer inputs = TensorBuffer.Rent(planes.Count, _seen.Channels * Plane.Pixels.Length);
        using TensorBuffer logits = TensorBuffer.Rent(planes.Count, _classifier.Card.Findings.Count);
        for (int i = 0; i < planes.Count; i++)
        {
            MapGuard.SameSize(planes[i], Plane, nameof(planes));
            Fill(planes[i].Pixels, inputs[i]);
        }

        direct.ScoreInputs(inputs, planes.Count, logits, cancellationToken);
        T[] answers = new T[planes.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = read(logits[i]);
        }

        return answers;
    }

    private static CardInput Grey(CardInput input) => input with { Channels = 1, Layout = TensorLayout.Nchw, Normalization = InputNormalization.UnitRange };

    private float[] Place(ReadOnlySpan<float> values, int width, int height)
    {
        if (width != _image.Width || height != _image.Height)
        {
            throw new ArgumentException($"Something of {width} x {height} given, the image is {_image.Width} x {_image.Height}.");
        }

        // The same way as the image's own.
        using InputTensor placed = InputTensor.From([new GrayImage(width, height, values.ToArray())], Grey(_seen));
        return placed.Values.ToArray();
    }

    private float[] Channel(ReadOnlySpan<float> values, int channel)
    {
        int plane = _seen.Width * _seen.Height;
        if (_seen.Layout == TensorLayout.Nchw)
        {
            return values.Slice(channel * plane, plane).ToArray();
        }

        float[] own = new float[plane];
        for (int i = 0; i < plane; i++)
        {
            own[i] = values[(i * _seen.Channels) + channel];
        }

        return own;
    }

    // Every normalisation is a slope and an offset on one grey plane, so each channel is a slope and an offset on the first.
    private static (float Slope, float Offset) Relation(float[] first, float[] channel)
    {
        int low = TensorPrimitives.IndexOfMin<float>(first), high = TensorPrimitives.IndexOfMax<float>(first);
        float range = first[high] - first[low];
        float slope = range == 0 || ReferenceEquals(first, channel) ? 1 : (channel[high] - channel[low]) / range;
        return (slope, ReferenceEquals(first, channel) ? 0 : channel[low] - (slope * first[low]));
    }

    private void Fill(ReadOnlySpan<float> plane, Span<float> row)
    {
        bool interleaved = _seen.Layout == TensorLayout.Nhwc;
        for (int c = 0; c < _channels.Length; c++)
        {
            (float slope, float offset) = _channels[c];
            if (_channels.Length == 1)
            {
                plane.CopyTo(row);
            }
            else if (interleaved)
            {
                for (int i = 0; i < plane.Length; i++)
                {
                    row[(i * _channels.Length) + c] = (slope * plane[i]) + offset;
                }
            }
            else
            {
                Span<float> own = row.Slice(c * plane.Length, plane.Length);
                TensorPrimitives.Multiply(plane, slope, own);
                TensorPrimitives.Add(own, offset, own);
            }
        }
    }
}
