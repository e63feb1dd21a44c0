using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>What quantize did, for people.</summary>
internal static class QuantizeTable
{
    public static void Write(IAnsiConsole console, QuantizeLine line)
    {
        string sizes = string.Create(CultureInfo.InvariantCulture, $"{line.SourceBytes / 1e6:F2} MB to {line.Bytes / 1e6:F2} MB");
        console.MarkupLine($"{line.File.EscapeMarkup()}: '{line.Model.EscapeMarkup()}' from '{line.Source.EscapeMarkup()}', {sizes}; calibrated on {line.CalibrationImages} images, {line.Method}.");
        SimpleTable.Print(
            console,
            ["operator", "8-bit", "fp32", "why"],
            line.Operators.Select(static o => new[] { o.Operator, $"{o.Quantized}", $"{o.Left}", string.Join("; ", o.Reasons) }));
    }
}
