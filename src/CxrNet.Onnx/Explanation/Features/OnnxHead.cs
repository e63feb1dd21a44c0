namespace CxrNet.Onnx;

/// <summary>Reads the weights of a pooled linear head off its answers: whatever operators and number types an exporter chose, <c>head(plane of ones in channel c) - head(0)</c> is the weight of c.</summary>
internal static class OnnxHead
{
    private const double Tolerance = 1e-3;

    /// <summary>[finding, channel].</summary>
    /// <exception cref="CxrModelException">The head is no mean over each plane and a linear layer.</exception>
    public static float[] Weights(OnnxFeatureModel model)
    {
        int channels = model.Channels, plane = model.PlaneLength, outputs = model.Card.Findings.Count;
        const int Checks = 3;
        int count = channels + 1 + Checks;
        using TensorBuffer features = TensorBuffer.Rent(count, model.FeatureLength);
        using TensorBuffer logits = TensorBuffer.Rent(count, outputs);
        features.Values.Span.Clear();
        for (int c = 0; c < channels; c++)
        {
            features[c + 1].Slice(c * plane, plane).Fill(1);
        }

        Random random = new(1);
        for (int check = 0; check < Checks; check++)
        {
            foreach (ref float value in features[channels + 1 + check])
            {
                value = (float)((4 * random.NextDouble()) - 1);
            }
        }

        model.RunHead(features.Values, new float[model.InputLength], count, logits.Values, CancellationToken.None);
        float[] weights = new float[outputs * channels];
        for (int f = 0; f < outputs; f++)
        {
            for (int c = 0; c < channels; c++)
            {
                weights[(f * channels) + c] = logits[c + 1][f] - logits[0][f];
            }
        }

        for (int check = 0; check < Checks; check++)
        {
            Require(model, features[channels + 1 + check], logits[channels + 1 + check], logits[0], weights);
        }

        return weights;
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
