using System.Globalization;
using System.Text.Json;
using ScottPlot;

namespace CxrNet.Benchmarks.Reporting;

/// <summary>The plots of a run, as SVG from the tables beside them; a table that is not there leaves its plot out.</summary>
internal static class Plots
{
    private const int Width = 900;

    /// <summary>Writes them.</summary>
    /// <returns>File names and titles, in the order of a page.</returns>
    public static IReadOnlyList<(string File, string Title)> Write(string folder)
    {
        List<(string, string)> written = [];
        foreach ((string file, string title, Func<string, (Plot, int)?> draw) in ((string, string, Func<string, (Plot, int)?>)[])
        [
            ("throughput.svg", "Images a second against the batch", Throughput),
            ("latency.svg", "From a JPEG to scores and map: distribution of the times", Latency),
            ("explanations.svg", "What each explanation costs", Explanations),
            ("stages.svg", "Where the time of one radiograph goes", Stages),
        ])
        {
            if (draw(folder) is (Plot plot, int height))
            {
                plot.Title(title, 16);
                plot.Axes.Bottom.Label.Bold = false;
                plot.Axes.Left.Label.Bold = false;
                plot.SaveSvg(Path.Combine(folder, file), Width, height);
                written.Add((file, title));
            }
        }

        return written;
    }

    private static (Plot, int)? Throughput(string folder)
    {
        if (ResultFiles.Read(Backends.Contest.Table) is not { Rows.Count: > 0 } table)
        {
            return null;
        }

        Plot plot = new();
        string most = table.Rows.Select(r => table.Text(r, "threads")).Max()!;
        foreach (IGrouping<string, string[]> engine in table.Rows.Where(r => table.Text(r, "threads") == most).GroupBy(static r => r[0]))
        {
            // Batches of 1, 8, 32 at equal steps.
            var line = plot.Add.Scatter(engine.Select(r => Math.Log2(table.Number(r, "batch"))).ToArray(), engine.Select(r => table.Number(r, "img/s")).ToArray());
            line.LegendText = engine.Key;
            line.LineWidth = 2;
            line.MarkerSize = 8;
        }

        plot.Axes.Bottom.SetTicks([0, 3, 5], ["1", "8", "32"]);
        plot.XLabel("images in a batch");
        plot.YLabel($"images a second, {most} thread(s)");
        plot.Axes.SetLimitsY(0, table.Rows.Where(r => table.Text(r, "threads") == most).Max(r => table.Number(r, "img/s")) * 1.1);
        plot.Axes.SetLimitsX(-0.3, 5.3);
        plot.ShowLegend(Edge.Right);
        return (plot, 480);
    }

    private static (Plot, int)? Latency(string folder)
    {
        if (ResultFiles.Read(Claims.ClaimTable.Latency) is not { Rows.Count: > 0 } table)
        {
            return null;
        }

        Plot plot = new();
        for (int i = 0; i < table.Rows.Count; i++)
        {
            string[] row = table.Rows[i];
            Box box = new()
            {
                Position = i,
                WhiskerMin = table.Number(row, "5 %"),
                BoxMin = table.Number(row, "25 %"),
                BoxMiddle = table.Number(row, "50 %"),
                BoxMax = table.Number(row, "75 %"),
                WhiskerMax = table.Number(row, "95 %"),
            };
            plot.Add.Box(box);
        }

        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, table.Rows.Count).Select(static i => (double)i)], [.. table.Rows.Select(static r => r[0])]);
        plot.YLabel("ms (5, 25, 50, 75, 95 %)");
        plot.Axes.SetLimits(-0.6, table.Rows.Count - 0.4, 0, table.Rows.Max(r => table.Number(r, "95 %")) * 1.1);
        return (plot, 420);
    }

    private static (Plot, int)? Explanations(string folder)
    {
        string path = Path.Combine(folder, "EveryMethod.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        (string Name, double Milliseconds)[] methods =
        [
            .. json.RootElement.GetProperty("Benchmarks").EnumerateArray()
                .Where(static b => b.TryGetProperty("Statistics", out JsonElement s) && s.ValueKind == JsonValueKind.Object)
                .Select(static b => (Argument(b.GetProperty("FullName").GetString()!), b.GetProperty("Statistics").GetProperty("Median").GetDouble() / 1e6))
                .OrderByDescending(static m => m.Item2),
        ];
        return methods.Length == 0 ? null : (Bars(methods, logarithmic: true), 80 + (18 * methods.Length));
    }

    // "Class.Map(Method: gradcam (Torch))": the parameters by themselves are cut to twenty letters.
    private static string Argument(string fullName) => fullName[(fullName.IndexOf(": ", StringComparison.Ordinal) + 2)..^1];

    private static (Plot, int)? Stages(string folder) =>
        ResultFiles.Read(Benchmarks.Stages.Breakdown.Table) is { Rows.Count: > 0 } table
            ? (Bars([.. table.Rows.Reverse().Select(r => (r[0], table.Number(r, "ms")))], logarithmic: false), 80 + (36 * table.Rows.Count))
            : null;

    private static Plot Bars((string Name, double Value)[] rows, bool logarithmic)
    {
        Plot plot = new();
        double floor = logarithmic ? Math.Floor(Math.Log10(rows.Min(static r => r.Value))) : 0;
        double At(double value) => logarithmic ? Math.Log10(value) - floor : value;
        for (int i = 0; i < rows.Length; i++)
        {
            var bar = plot.Add.Bar(new Bar
            {
                Position = i,
                Value = At(rows[i].Value),
                Orientation = Orientation.Horizontal,
                Size = 0.7,
                Label = rows[i].Value.ToString(rows[i].Value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " ms",
            });
            bar.ValueLabelStyle.FontSize = 11;
        }

        double most = At(rows.Max(static r => r.Value));
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, rows.Length).Select(static i => (double)i)], [.. rows.Select(static r => r.Name)]);
        plot.Axes.SetLimits(0, most * 1.15, -0.7, rows.Length - 0.3);
        if (logarithmic)
        {
            double[] decades = [.. Enumerable.Range(0, (int)Math.Ceiling(most) + 1).Select(static d => (double)d)];
            plot.Axes.Bottom.SetTicks(decades, [.. decades.Select(d => Math.Pow(10, d + floor).ToString("0.###", CultureInfo.InvariantCulture))]);
        }

        plot.XLabel(logarithmic ? "ms an image, each step ten times" : "ms");
        plot.HideGrid();
        return plot;
    }
}
