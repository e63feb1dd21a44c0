namespace CxrNet.Onnx;

/// <summary>Reads the weights of a pooled linear head off its answers: whatever operators and number types an exporter chose, <c>head(plane of ones in channel c) - head(0)</c> is the weight of c.</summary>
internal static class OnnxHead
{
    private const double Tolerance = 1e-3;
    private const int Batch = 32;

    /// <summary>[finding, channel].</summary>
    /// <exception cref="CxrModelException">The head is no mean over each plane and a linear layer.</exception>
    public static float[] Weights(OnnxFeatureModel model, CancellationToken cancellationToken)
    {
        const int Checks = 3;
        int channels = model.Channels, plane = model.PlaneLength, outputs = model.Card.Findings.Count;

        // Row 0 is zeros, then a row for each channel. All of them at once would be channels times the features.
        float[] ones = new float[(channels + 1) * outputs];
        using TensorBuffer features = TensorBuffer.Rent(Batch, model.FeatureLength);
        using TensorBuffer logits = TensorBuffer.Rent(Batch, outputs);

        // Not zeros: where the image multiplies what comes behind the planes, nothing would depend on them.
        Random random = new(1);
        float[] image = RandomImage();
        for (int first = 0; first <= channels; first += Batch)
        {
            int count = Math.Min(Batch, channels + 1 - first);
            features.Values.Span.Clear();
            for (int i = first == 0 ? 1 : 0; i < count; i++)
            {
                features[i].Slice((first + i - 1) * plane, plane).Fill(1);
            }

            model.RunHead(features.Values, image, count, logits.Values, cancellationToken);
            logits.Values.Span[..(count * outputs)].CopyTo(ones.AsSpan(first * outputs));
        }

        float[] weights = new float[outputs * channels];
        for (int f = 0; f < outputs; f++)
        {
            for (int c = 0; c < channels; c++)
            {
                weights[(f * channels) + c] = ones[((c + 1) * outputs) + f] - ones[f];
            }
        }

        // Of another image: its own share of the answer (row 0, zeros) may differ, the weights may not.
        features[0].Clear();
        for (int check = 1; check <= Checks; check++)
        {
            foreach (ref float value in features[check])
            {
                value = (float)((4 * random.NextDouble()) - 1);
            }
        }

        model.RunHead(features.Values, RandomImage(), Checks + 1, logits.Values, cancellationToken);
        for (int check = 1; check <= Checks; check++)
        {
            Require(model, features[check], logits[check], logits[0], weights);
        }

        return weights;

        float[] RandomImage() => [.. Enumerable.Range(0, model.InputLength).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    private static void Require(OnnxFeatureModel model, ReadOnlySpan<float> features, ReadOnlySpan<float> found, ReadOnlySpan<float> bias, float[] weights)
    {
        int plane = model.PlaneLength;
        for (int f = 0; f < found.Length; f++)
        {
            double expected = bias[f], size = 1 + Math.Abs(bias[f]);
            for (int c = 0; c < model.Channels; c++)
            {
                double mean = System.Numerics.Tensors.TensorPrimitives.Sum(features.Slice(c * plane, plane)) / plane;
                expected += weights[(f * model.Channels) + c] * mean;
                size += Math.Abs(weights[(f * model.Channels) + c] * mean);
            }

            if (!(Math.Abs(expected - found[f]) <= Tolerance * size))
            {
                throw new CxrModelException(model.Card.Id, $"'{model.Card.Id}': the head behind '{model.FeatureTensor}' is no mean over each plane and a linear layer (it gives {found[f]} where that would give {expected:R}); this map is not defined for it. Score-CAM, Recipro-CAM and Ablation-CAM are.");
            }
        }
    }
}
