namespace CxrNet.Evaluation;

/// <summary>A picture of a report's grid.</summary>
/// <param name="Row">The image it belongs to, as the row is called.</param>
/// <param name="Column">The method, or what else the column shows.</param>
/// <param name="Png">The file's bytes; they end up inside the report, so keep the report where the images may be kept.</param>
public sealed record MapPicture(string Row, string Column, ReadOnlyMemory<byte> Png);
