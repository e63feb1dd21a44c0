using System.Text.Json;
using CxrNet.TestData;

namespace CxrNet.Evaluation.Tests;

/// <summary>Reads golden/metrics and compares what a rule computed with what is written there.</summary>
internal sealed class GoldenFolder
{
    private readonly List<string> _failures = [];
    private int _compared;

    public static string Metrics(string relative) => TestFolders.RequireGolden(Path.Combine("metrics", relative));

    public static string Explain(string relative) => TestFolders.RequireGolden(Path.Combine("explain", relative));

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(Metrics(file))).RootElement;

    public static Npy Array(string relative) => Npy.Read(Metrics(relative));

    /// <summary>Compares numbers, and arrays of them at any depth; null means NaN.</summary>
    public void Near(string name, JsonElement expected, object? actual, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            object?[] values = actual is System.Collections.IEnumerable list ? [.. list.Cast<object?>()] : [];
            if (values.Length != expected.GetArrayLength())
            {
                _failures.Add($"{name}: {values.Length} values, {expected.GetArrayLength()} expected");
                return;
            }

            int i = 0;
            foreach (JsonElement item in expected.EnumerateArray())
            {
                Near($"{name}[{i}]", item, values[i], tolerance);
                i++;
            }

            return;
        }

        _compared++;
        double found = actual is null ? double.NaN : Convert.ToDouble(actual, System.Globalization.CultureInfo.InvariantCulture);
        double wanted = expected.ValueKind == JsonValueKind.Null ? double.NaN : expected.GetDouble();
        if (double.IsNaN(found) != double.IsNaN(wanted) || Math.Abs(found - wanted) > tolerance)
        {
            _failures.Add(FormattableString.Invariant($"{name}: {found:R}, {wanted:R} expected within {tolerance}"));
        }
    }

    /// <summary>Numbers, and arrays of them, that must lie between two others.</summary>
    public void Between(string name, JsonElement expected, object? one, object? other, double tolerance)
    {
        double[] values = Flat(expected);
        double[] first = Flat(JsonSerializer.SerializeToElement(one));
        double[] second = Flat(JsonSerializer.SerializeToElement(other));
        for (int i = 0; i < values.Length; i++)
        {
            _compared++;
            if (values[i] < Math.Min(first[i], second[i]) - tolerance || values[i] > Math.Max(first[i], second[i]) + tolerance)
            {
                _failures.Add(FormattableString.Invariant($"{name}[{i}]: {values[i]:R}, {first[i]:R} to {second[i]:R} expected"));
            }
        }
    }

    private static double[] Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Flat)] : [element.GetDouble()];

    public void Near(string name, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        if (expected.Length != actual.Length)
        {
            _failures.Add($"{name}: {actual.Length} values, {expected.Length} expected");
            return;
        }

        _compared++;
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(expected[i] - actual[i]);
            worst = difference > worst || double.IsNaN(difference) ? difference : worst;
        }

        if (!(worst <= tolerance))
        {
            _failures.Add(FormattableString.Invariant($"{name}: differs by {worst:R}, at most {tolerance} expected"));
        }
    }

    /// <summary>Every entry of an object is handed to the rule of its name; an entry without a rule is a failure.</summary>
    public void Walk(string name, JsonElement entries, IReadOnlyDictionary<string, Func<object?>> rules, Func<string, double> tolerance, IReadOnlyDictionary<string, Func<object?[]>>? ranges = null)
    {
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (ranges is not null && ranges.TryGetValue(entry.Name, out Func<object?[]>? range))
            {
                object?[] ends = range();
                Between($"{name}.{entry.Name}", entry.Value, ends[0], ends[1], tolerance(entry.Name));
                Between($"{name}.{entry.Name} (ours)", JsonSerializer.SerializeToElement(rules[entry.Name]()), ends[0], ends[1], tolerance(entry.Name));
            }
            else if (rules.TryGetValue(entry.Name, out Func<object?>? rule))
            {
                Near($"{name}.{entry.Name}", entry.Value, rule(), tolerance(entry.Name));
            }
            else
            {
                Unknown($"{name}.{entry.Name}");
            }
        }
    }

    public void Unknown(string name) => _failures.Add($"{name}: no rule knows it");

    public void AssertAllNear()
    {
        Assert.True(_failures.Count == 0, string.Join('\n', _failures));
        Assert.True(_compared > 0, "Nothing was compared.");
    }
}
