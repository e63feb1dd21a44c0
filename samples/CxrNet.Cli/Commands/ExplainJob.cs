using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using CxrNet.Evaluation;
using CxrNet.Imaging;
using Spectre.Console;

namespace CxrNet.Cli.Commands;

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
        RequireUse(methods);
        SeenImage seen = SeenImage.Of(image, segmenter?.Segment([image], cancellationToken)[0], classifier.Card);
        CxrPrediction prediction = classifier.Classify(seen.Image, cancellationToken);
        string finding = targetName == "top" ? prediction.Top.Name : targetName;
        TargetFinding.IndexOf(classifier.Card, finding);
        double probability = prediction.Findings.First(f => f.Name == finding).Probability;
        Directory.CreateDirectory(folder);
        if (!json)
        {
            Terminal.On(output).MarkupLine($"[bold]{file.EscapeMarkup()}[/]: {finding.EscapeMarkup()} {(100 * probability).ToString("F1", CultureInfo.InvariantCulture)} %");
        }

        using ProgressLine progress = new(error, "explained", methods.Count);
        int done = 0;
        foreach (ExplanationMethod method in methods)
        {
            using IExplanationMap map = method.Create(context);
            long started = Stopwatch.GetTimestamp();
            Heatmap heatmap = map.Explain([seen.Image], finding, cancellationToken)[0];
            double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            Write(Path.Combine(folder, Path.GetFileNameWithoutExtension(file) + "." + method.Name), file, method, heatmap, seen, probability, milliseconds);
            progress.Report(++done);
        }

        if (!json)
        {
            Terminal.On(output).MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
        }

        return 0;
    }

    // An option that changes nothing is a mistake, and silence would hide it.
    private void RequireUse(IReadOnlyList<ExplanationMethod> methods)
    {
        if (layers.Count > 0 && !methods.Any(TorchMethods.All.Contains))
        {
            throw new ArgumentException(TorchMethods.All.Count == 0
                ? "--layers is for the CAMs of libtorch, which this build has not: build it with -p:WithTorch=true. For ONNX files there is --features."
                : $"--layers is for the CAMs of libtorch, and {string.Join(", ", methods.Select(static m => m.Name))} is none.");
        }

        if (features is not null && !methods.Any(ExplanationMethods.Onnx.Contains))
        {
            throw new ArgumentException($"--features is for the CAMs of ONNX files, and {string.Join(", ", methods.Select(static m => m.Name))} is none.");
        }
    }

    private void Write(string stem, string file, ExplanationMethod method, Heatmap heatmap, SeenImage seen, double probability, double milliseconds)
    {
        Heatmap sized = heatmap.ToImageSize();
        PngFile.Write(stem + ".png", MapPictures.Blend(seen.Image, heatmap));
        NpyFile.Write(stem + ".raw.npy", heatmap.Values, heatmap.Width, heatmap.Height);
        NpyFile.Write(stem + ".npy", sized.Values, sized.Width, sized.Height);
        EnergyShare? share = seen.Lungs is { } lungs ? EnergyShare.In(sized.Values, BinaryMask.From(lungs)) : null;
        if (json)
        {
            output.WriteLine(ExplainJson.Of(new ExplainLine(
                file, choice.Name, method.Name, heatmap.Finding, probability, Math.Round(milliseconds, 3), heatmap.IsSigned, heatmap.Width, heatmap.Height,
                TensorPrimitives.Min(heatmap.Values), TensorPrimitives.Max(heatmap.Values),
                share is { Share: double s } && double.IsFinite(s) ? s : null, share?.BaseRate, stem + ".png", stem + ".raw.npy", stem + ".npy")));
            return;
        }

        string lung = share is { } known ? string.Create(CultureInfo.InvariantCulture, $", in lung {known.Share:P0} (area {known.BaseRate:P0})") : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {method.Name,-12} {milliseconds,9:F1} ms, grid {heatmap.Width} x {heatmap.Height}{lung}: {stem}.png"));
    }
}
