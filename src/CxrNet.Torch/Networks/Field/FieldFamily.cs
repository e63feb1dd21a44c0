namespace CxrNet.Torch.Networks;

/// <summary>A network of the field: its name in cards, its own sizes, and how it is written down.</summary>
/// <param name="Name">In <see cref="CardNetwork.Family"/>.</param>
/// <param name="Widths">Its own <see cref="CardNetwork.EncoderWidths"/>.</param>
/// <param name="Repeats">Its own <see cref="CardNetwork.Repeats"/>.</param>
/// <param name="FirstWeight">torchvision's name of the first weight.</param>
/// <param name="HeadWeight">torchvision's name of the head's weight.</param>
/// <param name="Write">Writes it from the value <c>input</c> on.</param>
internal sealed record FieldFamily(string Name, int[] Widths, int[] Repeats, string FirstWeight, string HeadWeight, Action<NetworkWriter, FieldShape> Write)
{
    // Beyond any network of these families; a hostile card must not make a graph of a million layers.
    private const int MaxWidth = 1 << 14;
    private const int MaxRepeats = 256;

    private static readonly FieldFamily[] All =
    [
        new("densenet121", [64, 32], [6, 12, 24, 16], "features.conv0.weight", "classifier.weight", DenseNet.Write),
        new("resnet18", [64, 128, 256, 512], [2, 2, 2, 2], "conv1.weight", "fc.weight", static (w, s) => ResNet.Write(w, s, bottleneck: false)),
        new("resnet50", [64, 128, 256, 512], [3, 4, 6, 3], "conv1.weight", "fc.weight", static (w, s) => ResNet.Write(w, s, bottleneck: true)),
        new("mobilenet-v2",
            [MobileNetV2.StemWidth, .. MobileNetV2.Stages.Select(static s => s.Width), MobileNetV2.LastWidth],
            [.. MobileNetV2.Stages.Select(static s => s.Repeats)],
            "features.0.0.weight", "classifier.1.weight", MobileNetV2Classifier.Write),
    ];

    /// <summary>torchvision's name of the head's bias.</summary>
    public string HeadBias { get; } = HeadWeight.Replace(".weight", ".bias", StringComparison.Ordinal);

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => All.Select(static f => f.Name);

    /// <summary>The family of a card's network; null where it is none of the field's.</summary>
    public static FieldFamily? Of(CardNetwork? network) => Array.Find(All, f => f.Name == network?.Family);

    /// <summary>The sizes that a card asks for.</summary>
    /// <exception cref="CxrModelException">They are not those of this family.</exception>
    public FieldShape ShapeOf(CxrModelCard card, string source)
    {
        CardNetwork network = card.Network!;
        IReadOnlyList<int> widths = network.EncoderWidths.Count == 0 ? Widths : network.EncoderWidths, repeats = network.Repeats.Count == 0 ? Repeats : network.Repeats;
        return widths.Count == Widths.Length && repeats.Count == Repeats.Length && widths.All(static w => w is >= 1 and <= MaxWidth) && repeats.All(static r => r is >= 1 and <= MaxRepeats)
            ? new FieldShape(card.Input.Channels, widths, repeats, card.Findings.Count)
            : throw new CxrModelException(source, $"'{source}': the card gives '{Name}' widths {string.Join(", ", widths)} and repeats {string.Join(", ", repeats)}; {Widths.Length} widths of 1 to {MaxWidth} and {Repeats.Length} repeats of 1 to {MaxRepeats} expected.");
    }
}
