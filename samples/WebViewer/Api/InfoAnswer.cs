using CxrNet.WebViewer.Backends;
using CxrNet.WebViewer.Explanation;
using CxrNet.WebViewer.Hosting;

namespace CxrNet.WebViewer.Api;

/// <summary>What this server has and allows.</summary>
/// <param name="Model">What the model says of itself.</param>
/// <param name="Backends">The engines that are there.</param>
/// <param name="TorchMissing">Why libtorch is not among them; null where it is.</param>
/// <param name="Methods">The explanation methods of all engines.</param>
/// <param name="ColorMaps">Those that can be read with any colour vision first.</param>
/// <param name="Phantoms">What /api/phantoms draws.</param>
/// <param name="Limits">What a request may ask for.</param>
internal sealed record InfoAnswer(
    ModelFacts Model,
    IReadOnlyList<BackendFacts> Backends,
    string? TorchMissing,
    IReadOnlyList<MethodFacts> Methods,
    IReadOnlyList<ColorMapFacts> ColorMaps,
    IReadOnlyList<string> Phantoms,
    LimitFacts Limits)
{
    public static InfoAnswer From(BackendSet backends, ViewerOptions options) => new(
        ModelFacts.From(backends.Card),
        [.. backends.All.Select(static b => new BackendFacts(b.Name, b.Title))],
        backends.TorchMissing,
        [.. backends.All.SelectMany(static b => b.Methods.Select(m => (Method: m, Backend: b.Name))).GroupBy(static x => x.Method.Name).Select(MethodFacts.From)],
        ColorMapFacts.All,
        [.. Enum.GetValues<PhantomClass>().Select(static c => c.FindingName())],
        new LimitFacts(options.MaxFileBytes, options.MaxPixels, options.MaxConcurrent));
}

/// <summary>An engine.</summary>
/// <param name="Name">As requests have it.</param>
/// <param name="Title">For people.</param>
internal sealed record BackendFacts(string Name, string Title);

/// <summary>An explanation method.</summary>
/// <param name="Name">As requests have it.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">In a few words.</param>
/// <param name="Slow">Whether it takes seconds.</param>
/// <param name="HasTarget">Whether its map is that of one finding.</param>
/// <param name="Backends">The engines that have it.</param>
internal sealed record MethodFacts(string Name, string Title, string Description, bool Slow, bool HasTarget, IReadOnlyList<string> Backends)
{
    public static MethodFacts From(IEnumerable<(ExplanationMethod Method, string Backend)> sameName)
    {
        ExplanationMethod method = sameName.First().Method;
        return new MethodFacts(method.Name, method.Title, method.Description, method.IsSlow, method.HasTarget, [.. sameName.Select(static x => x.Backend)]);
    }
}

/// <summary>What a request may ask for.</summary>
/// <param name="MaxFileBytes">Greatest file.</param>
/// <param name="MaxPixels">Greatest width x height.</param>
/// <param name="MaxConcurrent">Images in work at once.</param>
internal sealed record LimitFacts(int MaxFileBytes, long MaxPixels, int MaxConcurrent);
