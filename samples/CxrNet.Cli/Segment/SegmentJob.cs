using System.Globalization;
using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>Files in, masks out: decoding runs ahead of the network, a bad file never stops the rest.</summary>
internal sealed class SegmentJob(ModelChoice choice, string folder, TextWriter output, TextWriter error, bool json)
{
    private const string Suffix = ".mask.png";

    private readonly OutputNames _names = new();
    private int _failed;

    public async Task<int> RunAsync(IReadOnlyList<string> inputs, CancellationToken cancellationToken)
    {
        string[] files = WithoutMasks(inputs, InputFiles.Expand(inputs));
        using ILungSegmenter segmenter = choice.LoadSegmenter();
        Directory.CreateDirectory(folder);
        using ProgressLine progress = new(error, "segmented", files.Length);
        int done = 0;
        await foreach (IReadOnlyList<LoadedImage> group in DecodeAhead.InBatches(files, choice.Batch, cancellationToken))
        {
            OneByOne.Try(group, some => Segment(segmenter, some, cancellationToken), (loaded, e) => Fail(loaded.File, OneLine.Of(e, loaded.File)));
            progress.Report(done += group.Count);
        }

        return _failed > 0 ? 1 : 0;
    }

    // Where the masks lie beside their images, a second run over the folder would take them for radiographs.
    private static string[] WithoutMasks(IReadOnlyList<string> inputs, IReadOnlyList<string> files)
    {
        string[] images = [.. files.Where(file => !file.EndsWith(Suffix, StringComparison.Ordinal) || inputs.Contains(file))];
        return images.Length > 0 ? images : throw new InvalidDataException($"{string.Join(", ", inputs)}: there are only masks.");
    }

    private void Segment(ILungSegmenter segmenter, IReadOnlyList<LoadedImage> group, CancellationToken cancellationToken)
    {
        Queue<LungMask> masks = new(segmenter.Segment([.. group.Where(static l => l.Image is not null).Select(static l => l.Image!)], cancellationToken));
        foreach (LoadedImage loaded in group)
        {
            if (loaded.Image is null)
            {
                Fail(loaded.File, loaded.Error!);
            }
            else
            {
                Write(loaded.File, masks.Dequeue(), segmenter.Card.Id);
            }
        }
    }

    private void Write(string file, LungMask mask, string model)
    {
        byte[] inside = new byte[mask.Probabilities.Length];
        MaskThreshold.Apply(mask.Probabilities, mask.Threshold, inside);
        LungsLine line = LungsLine.From(file, model, choice.Backend, Path.Combine(folder, _names.For(file) + Suffix), inside, mask.Width, mask.Height);
        foreach (ref byte pixel in inside.AsSpan())
        {
            pixel *= byte.MaxValue;
        }

        try
        {
            PngFile.WriteGrey(line.Mask, inside, mask.Width, mask.Height);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(file, OneLine.Of(e, file));
            return;
        }

        output.WriteLine(json
            ? JsonLines.Of(line)
            : string.Create(CultureInfo.InvariantCulture, $"{file}: lungs {100 * line.AreaShare:F1} % of the image (right lung {100 * line.Right.AreaShare:F1} %, left lung {100 * line.Left.AreaShare:F1} %), {line.Mask}"));
    }

    private void Fail(string file, string cause)
    {
        _failed++;
        if (json)
        {
            output.WriteLine(JsonLines.Of(new ErrorLine(file, cause)));
        }
        else
        {
            error.WriteLine(cause.Contains($"'{file}'", StringComparison.Ordinal) ? $"error: {cause}" : $"error: '{file}': {cause}");
        }
    }
}
