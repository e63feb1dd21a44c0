namespace CxrNet.Cli;

/// <summary>One side of a comparison: <c>onnx</c>, <c>torch</c>, <c>onnx-int8</c>, <c>onnx-mine=model.onnx</c>.</summary>
/// <param name="Name">As the user wrote it, before the equals sign.</param>
/// <param name="Engine"><c>onnx</c> or <c>torch</c>: the name up to its first hyphen.</param>
/// <param name="File">The model file; null where none is named.</param>
internal sealed record BackendSpec(string Name, string Engine, string? File)
{
    private static readonly string[] Engines = ["onnx", "torch"];

    /// <summary>Reads a list.</summary>
    /// <param name="list">Separated by commas.</param>
    /// <param name="model">The model of those that name no file; null for the one that comes with the program.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    public static IReadOnlyList<BackendSpec> Parse(string list, string? model, out string? problem)
    {
        BackendSpec[] specs = [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => One(text, model))];
        problem = specs switch
        {
            { Length: < 2 } => $"--backends names {specs.Length}; two or more were expected, for example onnx,torch.",
            _ when Array.Find(specs, static s => !Engines.Contains(s.Engine)) is { } unknown => $"--backends has '{unknown.Name}'; a name begins with {string.Join(" or ", Engines)}, for example onnx-int8=FILE.",
            _ when Array.Find(specs, static s => s.File is null && s.Name != s.Engine) is { } fileless => $"--backends has '{fileless.Name}' without a file; {fileless.Name}=FILE was expected, or --model with the file whose copy it is.",
            _ when specs.Select(static s => s.Name).Distinct(StringComparer.Ordinal).Count() < specs.Length => "--backends names one twice; give the second a name of its own, for example onnx-2=FILE.",
            _ => null,
        };
        return specs;
    }

    private static BackendSpec One(string text, string? model)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        string engine = name.Split('-')[0];
        return new BackendSpec(name, engine, equals >= 0 ? text[(equals + 1)..] : name == engine ? model : CopyOf(model, name[engine.Length..]));
    }

    // What 'cxrnet quantize model.onnx' is asked to write by its own example: model-int8.onnx.
    private static string? CopyOf(string? model, string suffix) =>
        model is null ? null : Path.Combine(Path.GetDirectoryName(model) ?? "", Path.GetFileNameWithoutExtension(model) + suffix + Path.GetExtension(model));
}
