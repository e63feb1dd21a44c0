using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using CxrNet.Evaluation;
using CxrNet.Imaging;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>One file, several methods: pictures and arrays into a folder, a line for each on stdout.</summary>
internal sealed class ExplainJob(ModelChoice choice, IReadOnlyList<string> layers, string? features, string? lungsFile, int masks, ulong seed, TextWriter output, TextWriter error, bool json)
{
    public int Run(string file, string names, string targetName, string folder, CancellationToken cancellationToken)
    {
        LoadedImage loaded = LoadedImage.Read(file);
        GrayImage image = loaded.Image ?? throw new InvalidDataException($"'{file}': {loaded.Error}");
        using ICxrClassifier classifier = choice.LoadAlone();
        using ILungSegmenter? segmenter = LungChoice.Load(lungsFile, choice.Threads);
        using ExplanationContext context = new(choice, classifier, segmenter, masks, seed) { Layers = layers, FeatureTensor = features };
        IReadOnlyList<ExplanationMethod> methods = ExplanationMethods.Parse(names, context, text => QuietError.Remark(error, $"note: {text}"));
        ExplanationMethods.RequireUse(context, methods);
        LungMask? lungs = segmenter?.Segment(image, cancellationToken);
        SeenImage seen = SeenImage.Of(image, lungs, classifier.Card);
        CxrPrediction prediction = classifier.Classify(seen.Image, cancellationToken);
        string finding = targetName == "top" ? prediction.Top.Name : targetName;
        TargetFinding.IndexOf(classifier.Card, finding);
        Finding explained = prediction.Findings.First(f => f.Name == finding);
        Directory.CreateDirectory(folder);
        if (!json)
        {
            IAnsiConsole console = Terminal.On(output);
            console.MarkupLine($"[bold]{file.EscapeMarkup()}[/]: {finding.EscapeMarkup()} {(100 * (double)explained.Probability).ToString("F1", CultureInfo.InvariantCulture)} %");
            ResultTable.WriteWarnings(console, prediction);
        }

        using ProgressLine progress = new(error, "explained", methods.Count);
        int done = 0;
        foreach (ExplanationMethod method in methods)
        {
            (Heatmap Map, double Milliseconds)? made = Explain(context, method, seen.Image, finding, cancellationToken);
            if (made is { } found)
            {
                Write(Path.Combine(folder, Path.GetFileNameWithoutExtension(file) + "." + method.Name), file, method, seen.OnWholeImage(found.Map), image, lungs, prediction, explained, found.Milliseconds);
                progress.Report(++done);
            }
        }

        if (done == 0)
        {
            throw new InvalidDataException($"No method of '{names}' goes with '{choice.Name}'.");
        }

        if (!json)
        {
            Terminal.On(output).MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
        }

        return 0;
    }

    // Null where "all" chose a method that turns out not to go with the model.
    private (Heatmap Map, double Milliseconds)? Explain(ExplanationContext context, ExplanationMethod method, GrayImage image, string finding, CancellationToken cancellationToken)
    {
        using ProgressLine line = new(error, method.Name, 0);
        context.Progress = new PassProgress(line);
        context.Stop = cancellationToken;
        try
        {
            using IExplanationMap map = method.Create(context);
            long started = Stopwatch.GetTimestamp();
            Heatmap heatmap = map.Explain(image, finding, cancellationToken);
            return (heatmap, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (CxrModelException e) when (method.IsUnnamed)
        {
            QuietError.Remark(error, $"note: '{method.Name}' is left out: {OneLine.Of(e)}");
            return null;
        }
    }

    private void Write(string stem, string file, ExplanationMethod method, Heatmap heatmap, GrayImage image, LungMask? lungs, CxrPrediction prediction, Finding explained, double milliseconds)
    {
        Heatmap sized = heatmap.ToImageSize();
        PngFile.Write(stem + ".png", Overlay.BlendEvidence(image, heatmap));
        NpyFile.Write(stem + ".raw.npy", heatmap.Values, heatmap.Width, heatmap.Height);
        NpyFile.Write(stem + ".npy", sized.Values, sized.Width, sized.Height);
        EnergyShare? share = lungs is null ? null : EnergyShare.In(heatmap.ToEvidence().ToImageSize().Values, BinaryMask.From(lungs));
        if (json)
        {
            output.WriteLine(ExplainJson.Of(new ExplainLine(
                file, prediction.ModelId, method.Name, heatmap.Finding, explained.Name, explained.Probability, prediction.IsUndecided, prediction.Warnings, Math.Round(milliseconds, 3), heatmap.IsSigned, heatmap.Width, heatmap.Height,
                TensorPrimitives.Min(heatmap.Values), TensorPrimitives.Max(heatmap.Values),
                share is { Share: double s } && double.IsFinite(s) ? s : null, share?.BaseRate, stem + ".png", stem + ".raw.npy", stem + ".npy")));
            return;
        }

        string lung = share is not { } known ? ""
            : double.IsNaN(known.Share) ? ", no evidence anywhere"
            : string.Create(CultureInfo.InvariantCulture, $", in lung {known.Share:P0} (area {known.BaseRate:P0})");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {method.Name,-12} {milliseconds,9:F1} ms, grid {heatmap.Width} x {heatmap.Height}{lung}: {stem}.png"));
    }
}
