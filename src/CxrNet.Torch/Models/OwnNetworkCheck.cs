using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Models;

/// <summary>Whether a card's network, one of this library's own families, can be: asked before it is built, since building it claims its memory.</summary>
internal static class OwnNetworkCheck
{
    // Wider or deeper than any network here.
    private const int MaxWidth = 1 << 13;
    private const int MaxLevels = 64;

    // Half precision is the least that weights are stored in.
    private const int LeastBytes = 2;
    private const int Taps = 9;

    private static readonly string[] Feeds = ["map", "product", "blend", "image"];
    private static readonly string[] Blocks = ["residual", "plain", "mobilenet-v2"];

    /// <summary>Requires sizes that a network can have and a file of this length can fill, words that are known, and a network that is for the card's task.</summary>
    /// <param name="card">Of a network of the family <c>cxrnet</c> or <c>unet</c>.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <param name="fileBytes">How long the file with the weights is.</param>
    /// <exception cref="CxrModelException">It is not so; the message says what was found and what was expected.</exception>
    public static void Require(CxrModelCard card, string source, long fileBytes)
    {
        CardNetwork network = card.Network!;
        string? problem = WordsProblem(card, network) ?? SizesProblem(network);
        if (problem is null && LeastWeights(network, card.Findings.Count) is var least && least > fileBytes)
        {
            problem = $"has widths {Told(network)} and {card.Findings.Count} findings, whose weights take {least} bytes at least; the file has {fileBytes}";
        }

        if (problem is not null)
        {
            throw new CxrModelException(source, $"'{source}': the card's network {problem}.");
        }
    }

    private static string? WordsProblem(CxrModelCard card, CardNetwork network) => network switch
    {
        { Family: "cxrnet" } when card.Task != CxrModelTask.Classification => $"is 'cxrnet', which classifies, its task is {card.Task}; unet expected",
        { Family: "unet" } when card.Task != CxrModelTask.LungSegmentation => $"is 'unet', which segments, its task is {card.Task}; cxrnet expected",
        { Feed: { } feed } when !Feeds.Contains(feed) => $"has the feed '{feed}'; one of {string.Join(", ", Feeds)} expected",
        _ when !Blocks.Contains(network.Block) => $"has the block '{network.Block}'; one of {string.Join(", ", Blocks)} expected",
        { Family: "cxrnet", Feed: "image" } when card.Outputs.Map is { } map => $"has the feed 'image', so it gives no map; its output '{map}' cannot be there, null expected in outputs.map",
        _ => null,
    };

    private static string? SizesProblem(CardNetwork network)
    {
        int levels = network.MapWidths.Count + network.EncoderWidths.Count;
        if (network.MapWidths.Concat(network.EncoderWidths).Any(static w => w is < 1 or > MaxWidth) || levels > MaxLevels || network.MapStride is < 1 or > MaxLevels)
        {
            return $"has widths {Told(network)} and map stride {network.MapStride}; at most {MaxLevels} widths of 1 to {MaxWidth} and a stride of 1 to {MaxLevels} expected";
        }

        return HasMap(network) && network.MapWidths.Count == 0 ? "has no mapWidths; one for each level of its map expected"
            : HasOwnEncoder(network) && network.EncoderWidths.Count == 0 ? $"has no encoderWidths; one for each level of '{network.Block}' expected"
            : null;
    }

    // A lower bound: of each level the convolution of 3 x 3 from its own width to its own width, which every kind of level has, and the last layer.
    private static long LeastWeights(CardNetwork network, int findings)
    {
        IEnumerable<int> levels = HasMap(network) ? network.MapWidths : [];
        int head = 0;
        if (network.Family == "cxrnet")
        {
            // The first width of a residual encoder is that of its stem.
            levels = HasOwnEncoder(network) ? levels.Concat(network.EncoderWidths.Skip(network.Block == "residual" ? 1 : 0)) : levels;
            head = HasOwnEncoder(network) ? network.EncoderWidths[^1] : MobileNetV2.LastWidth;
        }

        return LeastBytes * ((Taps * levels.Sum(static w => (long)w * w)) + ((long)head * findings));
    }

    private static bool HasMap(CardNetwork network) => network is { Family: "unet" } or { Feed: not "image" };

    private static bool HasOwnEncoder(CardNetwork network) => network is { Family: "cxrnet", Block: not "mobilenet-v2" };

    private static string Told(CardNetwork network) => string.Join(", ", network.MapWidths.Concat(network.EncoderWidths).Take(MaxLevels));
}
