using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Cli;

/// <summary>What a comparison's results belong to.</summary>
internal static class ComparisonSettings
{
    /// <summary>The version of the figures: one more whenever a formula changes, or else figures of two formulas would stand in one table after an upgrade.</summary>
    /// <remarks>2: ROAD and infidelity anew, EVAL-X.</remarks>
    internal const int Figures = 2;

    /// <summary>Everything that an image's figures depend on, in one line, and not how many images, methods or minutes there are.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="card">The card in use, which may lie beside the model.</param>
    /// <param name="segmenter">The same of the lung segmenter; null for none.</param>
    /// <param name="evaluator">The same of the evaluator of EVAL-X; null for none.</param>
    public static string Of(CompareMapsRequest request, CxrModelCard card, CxrModelCard? segmenter, CxrModelCard? evaluator)
    {
        ModelChoice model = request.Model;
        string weights = model.File is { } file ? HashOfModel(file) : Hash(BundledModels.CxrNetS.ReadAllBytes());
        string data = request.Phantoms is not null ? "phantoms" : $"{Path.GetFileName(request.Manifest)} {Hash(File.ReadAllBytes(request.Manifest!))} {request.Split}";
        return string.Create(CultureInfo.InvariantCulture, $"figures {Figures}, model {weights} {model.Backend}, card {Hash(card)}, {data}, target {request.Target ?? "default"}, steps {request.Steps}, masks {request.Masks}, seed {request.Seed}{(request.Steady ? ", steady" : "")}, lungs {LungsOf(request, segmenter)}{PlanesOf(request)}{EvaluatorOf(request, evaluator)}");
    }

    private static string PlanesOf(CompareMapsRequest request) =>
        (request.Layers.Count > 0 ? $", layers {string.Join('+', request.Layers)}" : "") + (request.Features is { } tensor ? $", features {tensor}" : "");

    private static string EvaluatorOf(CompareMapsRequest request, CxrModelCard? card) =>
        request.Evaluator is { } file && card is not null ? $", evaluator {HashOfModel(file)} with card {Hash(card)}" : "";

    // A card that lies beside the file has the threshold that makes the mask; the bundled segmenter's is inside.
    private static string LungsOf(CompareMapsRequest request, CxrModelCard? card) => request.Lungs is { } file ? $"{HashOfModel(file)}{(card is null ? "" : $" with card {Hash(card)}")}"
        : BundledModels.Lungs.IsAvailable ? Hash(BundledModels.Lungs.ReadAllBytes())
        : "none";

    // An ONNX file may keep its weights in others, of any length.
    private static string HashOfModel(string file) => string.Join('+', FilesOf(file).Select(static path =>
    {
        using FileStream stream = File.OpenRead(path);
        return Short(SHA256.HashData(stream));
    }));

    private static IReadOnlyList<string> FilesOf(string file) =>
        Path.GetExtension(file).Equals(".onnx", StringComparison.OrdinalIgnoreCase) ? OnnxModelFiles.Of(file) : [file];

    private static string Hash(CxrModelCard card) => Hash(Encoding.UTF8.GetBytes(card.ToJson()));

    private static string Hash(byte[] bytes) => Short(SHA256.HashData(bytes));

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..12];
}
