using CxrNet.Onnx.Quantization;

namespace CxrNet.Cli;

/// <summary>How far a quantisation is: a line of its own for each stage. Told on the thread that quantises.</summary>
internal sealed class QuantizeProgress(TextWriter error, int images) : IProgress<QuantizationProgress>, IDisposable
{
    private ProgressLine? _line;
    private QuantizationStage _stage;

    public void Report(QuantizationProgress value)
    {
        if (_line is null || value.Stage != _stage)
        {
            _line?.Dispose();
            _stage = value.Stage;
            string what = value.Stage switch
            {
                QuantizationStage.Preparing => "read",
                QuantizationStage.Ranges => "ranges",
                _ => "distributions",
            };
            _line = new ProgressLine(error, what, value.Total ?? images);
        }

        _line.Report(value.Done);
    }

    public void Dispose() => _line?.Dispose();
}
