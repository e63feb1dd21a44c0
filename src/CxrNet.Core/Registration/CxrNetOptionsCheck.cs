using Microsoft.Extensions.Options;

namespace CxrNet;

/// <summary>Finds at start what would fail at the first image.</summary>
internal sealed class CxrNetOptionsCheck(IEnumerable<ModelRegistration> registrations) : IValidateOptions<CxrNetOptions>
{
    public ValidateOptionsResult Validate(string? name, CxrNetOptions options)
    {
        string[] problems = [.. Problems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(CxrNetOptions options)
    {
        string[] keys = [.. registrations.Where(static r => r.Service == typeof(ICxrClassifier)).Select(static r => r.Key).OfType<string>()];
        if (options.Classifier is { } key && !keys.Contains(key, StringComparer.Ordinal))
        {
            yield return $"CxrNetOptions.Classifier is '{key}'; registered are {Listed(keys)}.";
        }

        if (options.Classifier is not null && registrations.Any(static r => r.Service == typeof(ICxrClassifier) && r.Key is null))
        {
            yield return $"CxrNetOptions.Classifier is '{options.Classifier}', and AddCxrClassifier registers one without a key, which would be taken instead: use one of the two.";
        }

        if (!Enum.IsDefined(options.Loading))
        {
            yield return $"CxrNetOptions.Loading is {options.Loading}; Lazy or Eager was expected.";
        }

        if (options.ShortcutLimit is not (null or (>= 0 and <= 1)))
        {
            yield return FormattableString.Invariant($"CxrNetOptions.ShortcutLimit is {options.ShortcutLimit}; 0 to 1 was expected.");
        }

        foreach (string problem in options.Streaming.Problems())
        {
            yield return $"CxrNetOptions.Streaming.{problem}";
        }

        string[] asked = [.. registrations.Select(static r => r.File).OfType<string>()];
        foreach (string file in asked.Except(options.Models.Keys, StringComparer.Ordinal))
        {
            yield return $"CxrNetOptions.Models has no '{file}', which a registration asks for; it has {Listed(options.Models.Keys)}.";
        }

        foreach ((string file, ModelFileOptions model) in options.Models)
        {
            if (!asked.Contains(file, StringComparer.Ordinal))
            {
                yield return $"CxrNetOptions.Models has '{file}', which nothing asks for; asked for are {Listed(asked)}.";
            }

            if (model.MicroBatching is not null && !registrations.Any(r => r.File == file && r.Service == typeof(ICxrClassifier)))
            {
                yield return $"CxrNetOptions.Models['{file}'].MicroBatching is set; only a classifier's calls are put together.";
            }

            if (model.Card is not null && !registrations.Any(r => r.File == file && r.Service == typeof(ICxrClassifier)))
            {
                yield return $"CxrNetOptions.Models['{file}'].Card is set; only a classifier reads a card beside its own.";
            }

            foreach (string problem in Problems(model))
            {
                yield return $"CxrNetOptions.Models['{file}'].{problem}";
            }
        }
    }

    private static IEnumerable<string> Problems(ModelFileOptions model)
    {
        if (!File.Exists(model.Path))
        {
            yield return $"Path is '{model.Path}': there is no such file.";
        }

        if (model.Card is { } card && !File.Exists(card))
        {
            yield return $"Card is '{card}': there is no such file.";
        }

        if (model.Threads < 0)
        {
            yield return $"Threads is {model.Threads}; 0 or more was expected.";
        }

        if (model.MaxBatch < 1)
        {
            yield return $"MaxBatch is {model.MaxBatch}; 1 or more was expected.";
        }

        foreach (string problem in model.MicroBatching?.Problems() ?? [])
        {
            yield return $"MicroBatching.{problem}";
        }
    }

    private static string Listed(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
