namespace CxrNet.Cli;

/// <summary>What is exported, and what is fitted on the way.</summary>
/// <param name="Source">A run's folder, or a model file.</param>
/// <param name="File">The ONNX file to write.</param>
/// <param name="Card">A card as JSON, or null.</param>
/// <param name="Half">Whether weights are stored as fp16.</param>
/// <param name="Calibrate">A manifest, or null for no calibration.</param>
internal sealed record ExportRequest(string Source, string File, string? Card, bool Half, string? Calibrate)
{
    /// <summary>Whether E2 is written alone, without the map.</summary>
    public bool EncoderAlone { get; init; }

    public string ValSplit { get; init; } = "val";

    public string TrainSplit { get; init; } = "train";

    /// <summary>Whether the class biases are fitted for classes of equal frequency, or for those of the calibration's split.</summary>
    public bool EqualClasses { get; init; } = true;

    /// <summary>The share of prediction sets that may miss the truth.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>The share of new radiographs that the input guard may refuse.</summary>
    public double FalseAlarms { get; init; } = 0.02;

    /// <summary>How many drawn chests the input guard knows as frontal radiographs.</summary>
    public int Phantoms { get; init; }
}
