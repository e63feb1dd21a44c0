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

    /// <summary>What runs the part.</summary>
    public OnnxProvider Provider => _owned.Provider;

    /// <summary>Why that is not what was asked for; null where it is.</summary>
    public string? FallbackReason => _owned.FallbackReason;

    /// <summary>The only batch that the part accepts at an input; null for any.</summary>
    public int? FixedBatch(string input) => _session.InputMetadata[input].Dimensions is [> 0, ..] d ? d[0] : null;

    /// <summary>What the part reads.</summary>
    public Dictionary<string, (Type Type, int[] Dimensions)> Inputs => OnnxGraph.InputsOf(_session);

    /// <summary>Loads a part.</summary>
    /// <param name="file">Its bytes, under the name of the whole file.</param>
    /// <param name="options">How.</param>
    /// <param name="what">What was done to the file before, for the error.</param>
    public static OnnxPart Load(OnnxFile file, OnnxOptions options, string what = "taken apart at its features")
    {
        try
        {
            return new OnnxPart(OnnxSession.Create(file, options, $", {what},"), file.Source);
        }
        catch (Exception e) when (e is not CxrModelException)
        {
            throw new CxrModelException(file.Source, $"'{file.Source}', {what}, cannot be loaded: {e.Message.ReplaceLineEndings(" ")}", e);
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

    /// <summary>Runs the part and shows what it gave, whatever the shapes are.</summary>
    /// <param name="inputs">Named inputs.</param>
    /// <param name="outputs">Names of float outputs.</param>
    /// <param name="each">Told the index of each output and its values, which are gone after the call.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Visit(IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<float> Values)> inputs, IReadOnlyList<string> outputs, OutputVisitor each, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OrtValue[] values = [.. inputs.Select(i => Wrap(i.Values, i.Shape))];
        try
        {
            using RunOptions run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static run => ((RunOptions)run!).Terminate = true, run);
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(run, [.. inputs.Select(i => i.Name)], values, outputs);
            for (int i = 0; i < outputs.Count; i++)
            {
                each(i, results[i].GetTensorDataAsSpan<float>());
            }
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CxrModelException(_source, $"'{_source}' failed: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        finally
        {
            Array.ForEach(values, static v => v.Dispose());
        }
    }

    /// <summary>Told one output of a run.</summary>
    public delegate void OutputVisitor(int index, ReadOnlySpan<float> values);

    public void Dispose() => _owned.Dispose();

    private static OrtValue Wrap(ReadOnlyMemory<float> values, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(values), shape);
}
