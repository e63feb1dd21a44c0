namespace CxrNet.Evaluation;

/// <summary>An image on which explanation methods are compared.</summary>
/// <param name="Image">The image, the card's lung handling done.</param>
/// <param name="Finding">The finding that is explained, as the card names it.</param>
public sealed record MapCase(GrayImage Image, string Finding)
{
    /// <summary>What the image is, for the table's groups; empty where it is not known.</summary>
    public string Label { get; init; } = "";

    /// <summary>What the report calls the image.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the lungs are, of the image's size; null where it is not known.</summary>
    public BinaryMask? Lungs { get; init; }

    /// <summary>Where the disease is, of the image's size; null where it is not known, or there is none.</summary>
    public BinaryMask? Lesion { get; init; }

    /// <summary>The patient, for the intervals: images of one patient are drawn together. Empty where each image is its own.</summary>
    public string Patient { get; init; } = "";

    /// <summary>The case without its pixels.</summary>
    public MapSubject Subject => new(Name, Label, Finding, Patient);
}
