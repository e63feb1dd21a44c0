using Microsoft.ML.OnnxRuntime;

namespace CxrNet.Onnx;

/// <summary>Compares what a graph takes and gives with what the card says, and refuses to guess.</summary>
internal sealed class OnnxGraph(string source, CxrModelCard card)
{
    /// <summary>What a session reads: name to element type and dimensions, -1 where the graph leaves one open.</summary>
    public static Dictionary<string, (Type Type, int[] Dimensions)> InputsOf(InferenceSession session) => session.InputMetadata.ToDictionary(static i => i.Key, static i => (i.Value.ElementType, i.Value.Dimensions));

    /// <summary>Requires one input of the card's name, type and shape.</summary>
    /// <param name="inputs">As <see cref="InputsOf"/> gives them.</param>
    /// <param name="fixedBatch">The only batch that the graph accepts, or -1.</param>
    public void RequireInput(Dictionary<string, (Type Type, int[] Dimensions)> inputs, out int fixedBatch)
    {
        string name = card.Input.Name;
        if (inputs.Count != 1 || !inputs.TryGetValue(name, out (Type Type, int[] Dimensions) input))
        {
            throw Refusal($"has the inputs {List(inputs.Keys)}, its card names one, '{name}'");
        }

        if (input.Type != typeof(float))
        {
            throw Refusal($"takes {input.Type.Name} at '{name}', Single was expected");
        }

        long[] expected = card.Input.ShapeOf(-1);
        bool fits = input.Dimensions.Length == 4;
        for (int i = 1; fits && i < 4; i++)
        {
            fits = input.Dimensions[i] < 0 || input.Dimensions[i] == expected[i];
        }

        fixedBatch = fits ? input.Dimensions[0] : throw Refusal($"takes {Shape(input.Dimensions)} at '{name}', its card says {Shape(expected)}");
    }

    /// <summary>Requires the outputs that the card names.</summary>
    public void RequireOutputs(IReadOnlyList<string> found, IReadOnlyList<string> wanted)
    {
        foreach (string name in wanted)
        {
            if (!found.Contains(name))
            {
                throw Refusal($"has the outputs {List(found)}, its card names '{name}'");
            }
        }
    }

    /// <summary>Requires what a run gave to be as wide as the card says.</summary>
    public void RequireShape(string name, long batch, long[] shape)
    {
        bool isMap = name == card.Outputs.Map;
        if (name == card.Outputs.Pooled)
        {
            if (!(shape is [var rows, > 0] && rows == batch))
            {
                throw Refusal($"gives {Shape(shape)} at '{name}', {Shape([batch, -1])} was expected of pooled features");
            }

            return;
        }

        if (isMap && !(shape is [var n, 1, > 0, > 0] && n == batch))
        {
            throw Refusal($"gives a map of shape {Shape(shape)} at '{name}', {Shape([batch, 1])} and two sides were expected");
        }

        if (!isMap && !(shape is [var m, var width] && m == batch && width == card.Findings.Count))
        {
            throw Refusal($"gives {Shape(shape)} at '{name}', its card lists {card.Findings.Count} findings: {Shape([batch, card.Findings.Count])} was expected");
        }
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'")) is { Length: > 0 } list ? list : "(none)";

    private static string Shape<T>(IEnumerable<T> dimensions) => $"[{string.Join(", ", dimensions.Select(d => d is -1 or -1L ? "n" : $"{d}"))}]";

    private CxrModelException Refusal(string what) => new(source, $"'{source}' {what}.");
}
