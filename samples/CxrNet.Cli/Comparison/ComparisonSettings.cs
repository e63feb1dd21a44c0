using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxrNet.Cli.Commands;
using CxrNet.Models;

namespace CxrNet.Cli;

/// <summary>What a comparison's results belong to.</summary>
internal static class ComparisonSettings
{
    /// <summary>Everything that an image's figures depend on, in one line, and not how many images, methods or minutes there are.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="card">The card in use, which may lie beside the model.</param>
    public static string Of(CompareMapsRequest request, CxrModelCard card)
    {
        ModelChoice model = request.Model;
        string weights = Hash(model.File is { } file ? File.ReadAllBytes(file) : BundledModels.CxrNetS.ReadAllBytes());
        string data = request.Phantoms is not null ? "phantoms" : $"{Path.GetFileName(request.Manifest)} {Hash(File.ReadAllBytes(request.Manifest!))} {request.Split}";
        return string.Create(CultureInfo.InvariantCulture, $"model {weights} {model.Backend}, card {Hash(Encoding.UTF8.GetBytes(card.ToJson()))}, {data}, target {request.Target ?? "default"}, steps {request.Steps}, masks {request.Masks}, seed {request.Seed}{(request.Steady ? ", steady" : "")}, lungs {LungsOf(request)}");
    }

    private static string LungsOf(CompareMapsRequest request) => request.Lungs is { } file ? Hash(File.ReadAllBytes(file))
        : BundledModels.Lungs.IsAvailable ? Hash(BundledModels.Lungs.ReadAllBytes())
        : "none";

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
}
