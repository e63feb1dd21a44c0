namespace CxrNet.Onnx.Quantization;

/// <summary>Runs the fp32 model over the calibration images, twice: for the range of each activation, then for its distribution.</summary>
internal static class Calibration
{
    /// <summary>The range of each tensor.</summary>
    /// <exception cref="CxrModelException">An activation is no finite number.</exception>
    public static Dictionary<string, (float Minimum, float Maximum)> Run(OnnxFile file, OnnxGraphEditor graph, IReadOnlyList<string> tensors, CalibrationInputs inputs, QuantizationOptions options, IProgress<QuantizationProgress>? progress, CancellationToken cancellationToken)
    {
        string[] computed = [.. tensors.Where(t => t != inputs.Name)];
        byte[] model = graph.Write(computed.Except(graph.Outputs, StringComparer.Ordinal));
        using OnnxPart part = OnnxPart.Load(file with { Bytes = model }, new OnnxOptions { IntraOpThreads = options.IntraOpThreads }, "prepared for calibration");
        ValueHistogram[] histograms = [.. tensors.Select(static _ => new ValueHistogram())];
        int[] places = [.. computed.Select(t => Array.IndexOf([.. tensors], t))];
        int own = Array.IndexOf([.. tensors], inputs.Name);

        Visit(QuantizationStage.Ranges, (place, values, image) =>
        {
            if (!histograms[place].Observe(values))
            {
                throw new CxrModelException(file.Source, $"'{file.Source}': '{tensors[place]}' has values that are no finite numbers for calibration image {image} (counted from 0).");
            }
        });
        if (options.Method != CalibrationMethod.MinMax)
        {
            foreach (ValueHistogram histogram in histograms)
            {
                histogram.Begin(magnitudes: options.Method == CalibrationMethod.Entropy);
            }

            Visit(QuantizationStage.Distributions, (place, values, _) => histograms[place].Count(values));
        }

        Dictionary<string, (float, float)> ranges = new(StringComparer.Ordinal);
        for (int i = 0; i < tensors.Count; i++)
        {
            // The network's own input is cut nowhere: its range is the image's, and bright is no outlier.
            ranges[tensors[i]] = i == own ? (histograms[i].Minimum, histograms[i].Maximum) : RangeChoice.Of(histograms[i], options);
        }

        return ranges;

        void Visit(QuantizationStage stage, ValueVisitor each)
        {
            int batch = part.FixedBatch(inputs.Name) ?? 1;
            for (int image = 0; image < inputs.Count; image++)
            {
                (long[] shape, ReadOnlyMemory<float> values) = inputs.Batch(image, batch);
                if (own >= 0)
                {
                    each(own, values.Span, image);
                }

                part.Visit([(inputs.Name, shape, values)], computed, (index, found) => each(places[index], found, image), cancellationToken);
                progress?.Report(new QuantizationProgress(stage, image + 1, inputs.Count));
            }
        }
    }

    private delegate void ValueVisitor(int place, ReadOnlySpan<float> values, int image);
}
