using CxrNet.Evaluation;
using CxrNet.Models;
using CxrNet.Onnx;
using CxrNet.Torch;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

// IDE1006: the names are those that the pages use for what a reader has at hand.
#pragma warning disable IDE1006

namespace CxrNet.Docs.Tests;

/// <summary>What a reader of a page has at hand: a block may use these names without declaring them. Made where used, afresh for every block.</summary>
public static class Given
{
    private static readonly Dictionary<string, object> Made = [];

    public static GrayImage image => Of(nameof(image), static () => Draw(1));

    public static GrayImage[] images => Of(nameof(images), static () => new[] { Draw(1), Draw(2), Draw(3, PhantomClass.Normal) });

    public static CxrPipeline cxr => Of(nameof(cxr), static () => CxrNetPipeline.CreateDefault());

    public static CxrPipeline pipeline => cxr;

    public static CxrReport report => Of(nameof(report), static () => cxr.Analyze(image));

    public static ICxrClassifier classifier => onnx;

    public static ICxrClassifier onnx => Of(nameof(onnx), static () => OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes()));

    public static ICxrClassifier torch => Of(nameof(torch), static () => TorchClassifier.Load(BundledModels.CxrNetS.ReadAllBytes()));

    public static ILungSegmenter segmenter => Of(nameof(segmenter), static () => OnnxLungSegmenter.Load(BundledModels.Lungs.ReadAllBytes()));

    public static ILogger logger => NullLogger.Instance;

    public static WebApplicationBuilder builder => Of(nameof(builder), static () => WebApplication.CreateBuilder());

    public static CxrModelCard card => BundledModels.CxrNetS.Card;

    /// <summary>What a site's refit gave: the card is what the pages take of it.</summary>
    public static SiteCalibrationResult site => Of(nameof(site), Refit);

    public static CancellationToken cancellationToken => CancellationToken.None;

    /// <summary>A drawn chest.</summary>
    public static GrayImage Draw(int seed, PhantomClass shown = PhantomClass.Covid19) => ChestPhantom.Create(new PhantomOptions { Class = shown, Seed = seed, Width = 256, Height = 256 }).Image;

    /// <summary>Forgets what a block was given.</summary>
    internal static void Clear()
    {
        foreach (IDisposable made in Made.Values.OfType<IDisposable>())
        {
            made.Dispose();
        }

        Made.Clear();
    }

    private static T Of<T>(string name, Func<T> make)
        where T : notnull
    {
        if (!Made.TryGetValue(name, out object? made))
        {
            Made[name] = made = make();
        }

        return (T)made;
    }

    private static SiteCalibrationResult Refit()
    {
        int[] truth = [.. Enumerable.Range(0, 80).Select(static i => i % 4)];
        string[] names = [.. card.Findings.Select(static f => f.Name)];
        Random random = new(1);
        ScoreTable logits = new(names, [.. truth.SelectMany(t => Enumerable.Range(0, 4).Select(c => (c == t ? 2 : 0) + (2 * random.NextDouble())))]);
        return SiteCalibration.Refit(card, logits, truth, new SiteCalibrationOptions { Site = "drawn scores" });
    }
}
