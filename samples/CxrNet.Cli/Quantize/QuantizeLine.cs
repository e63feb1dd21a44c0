using CxrNet.Onnx.Quantization;

namespace CxrNet.Cli;

/// <summary>What quantize did; the comparison with the fp32 model is a line of its own, as compare writes it.</summary>
internal sealed record QuantizeLine(string Source, string File, string Model, long SourceBytes, long Bytes, string Method, int CalibrationImages, IReadOnlyList<QuantizedOperatorsLine> Operators)
{
    public static QuantizeLine From(QuantizeRequest request, CxrModelCard card, long sourceBytes, QuantizationResult result) => new(
        card.Id,
        request.File,
        result.Card.Id,
        sourceBytes,
        result.Model.Length,
        request.Options.Method switch
        {
            CalibrationMethod.Entropy => "entropy",
            CalibrationMethod.MinMax => "minmax",
            _ => "percentile",
        },
        result.CalibrationImages,
        [.. result.Nodes.GroupBy(static n => n.Operator, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(QuantizedOperatorsLine.From)]);
}

/// <summary>The operators of one type: how many are 8-bit, how many stayed fp32, and why, each reason once.</summary>
internal sealed record QuantizedOperatorsLine(string Operator, int Quantized, int Left, IReadOnlyList<string> Reasons)
{
    public static QuantizedOperatorsLine From(IGrouping<string, QuantizedNode> nodes) => new(
        nodes.Key,
        nodes.Count(static n => n.IsQuantized),
        nodes.Count(static n => !n.IsQuantized),
        [.. nodes.Where(static n => !n.IsQuantized).Select(static n => n.Reason).Distinct(StringComparer.Ordinal)]);
}
