using Microsoft.ML.OnnxRuntime;
using System.Runtime.InteropServices;

namespace CxrNet.Onnx;

/// <summary>A part of a network in a session of its own. Where <see cref="OnnxModel"/> runs what a card promises, this runs any named tensors.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class OnnxPart : IDisposable
{
    private readonly OnnxSession _owned;
    private readonly InferenceSession _session;
    private readonly string _source;

    private OnnxPart(OnnxSession session, string source) => (_owned, _session, _source) = (session, session.Session, source);

    /// <summary>The only batch that the part accepts at an input; null for any.</summary>
    public int? FixedBatch(string input) => _session.InputMetadata[input].Dimensions is [> 0, ..] d ? d[0] : null;

    public static OnnxPart Load(OnnxFile file, OnnxOptions options)
    {
        try
        {
            return new OnnxPart(OnnxSession.Create(file, options, ", taken apart at its features,"), file.Source);
        }
        catch (Exception e) when (e is not CxrModelException)
        {
            throw new CxrModelException(file.Source, $"'{file.Source}', taken apart at its features, cannot be loaded: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The shape of an output for given inputs.</summary>
    public long[] ShapeOf(string output, IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<float> Values)> inputs)
    {
        OrtValue[] values = [.. inputs.Select(i => Wrap(i.Values, i.Shape))];
        try
        {
            using RunOptions run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [.. inputs.Select(i => i.Name)], values, [output]);
            return outputs[0].GetTensorTypeAndShape().Shape;
        }
        catch (OnnxRuntimeException e)
        {
            throw new CxrModelException(_source, $"'{_source}' failed at '{output}': {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            Array.ForEach(values, static v => v.Dispose());
        }
    }

    public void Run(IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<float> Values)> inputs, IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<float> Values)> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<OrtValue> values = new(inputs.Count + outputs.Count);
        try
        {
            values.AddRange(inputs.Concat(outputs).Select(i => Wrap(i.Values, i.Shape)));
            using RunOptions run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static run => ((RunOptions)run!).Terminate = true, run);
            _session.Run(run, [.. inputs.Select(i => i.Name)], values[..inputs.Count], [.. outputs.Select(o => o.Name)], values[inputs.Count..]);
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CxrModelException(_source, $"'{_source}' failed on a batch of {inputs[0].Shape[0]}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            values.ForEach(static v => v.Dispose());
        }
    }

    public void Dispose() => _owned.Dispose();

    private static OrtValue Wrap(ReadOnlyMemory<float> values, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(values), shape);
}
