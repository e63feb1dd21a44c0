using System.Diagnostics;
using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>A file that was read: its image, or why there is none.</summary>
internal sealed record LoadedImage(string File, GrayImage? Image, TimeSpan Decode, string? Error)
{
    public static LoadedImage From(StreamResult<GrayImage> result) =>
        new(result.Source, result.Value, result.Decode, result.Error is null ? null : OneLine.Of(result.Error, result.Source));

    public static LoadedImage Read(string file)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            GrayImage image = GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(file));
            return new LoadedImage(file, image, Stopwatch.GetElapsedTime(started), null);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new LoadedImage(file, null, Stopwatch.GetElapsedTime(started), OneLine.Of(e, file));
        }
    }
}
