namespace CxrNet.Torch.Networks;

/// <summary>What of a network of the field its card may change.</summary>
/// <param name="Channels">Of the input: 1 or 3.</param>
/// <param name="Widths">As <see cref="CardNetwork.EncoderWidths"/> says them.</param>
/// <param name="Repeats">Blocks of each level.</param>
/// <param name="Findings">Outputs.</param>
internal sealed record FieldShape(int Channels, IReadOnlyList<int> Widths, IReadOnlyList<int> Repeats, int Findings);
