using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The files to calibrate on, and others to compare both models on.</summary>
/// <param name="Calibration">In the order in which they are run.</param>
/// <param name="HeldOut">None of the calibration's.</param>
/// <param name="Provenance">For the card: a manifest's split, or that it was a folder; no path.</param>
internal sealed record QuantizeImages(IReadOnlyList<string> Calibration, IReadOnlyList<string> HeldOut, string Provenance)
{
    private const int OneHeldOutOf = 5;

    public static QuantizeImages Of(QuantizeRequest request)
    {
        if (request.Manifest is { } manifest)
        {
            if (request.Split == request.HeldOutSplit)
            {
                throw new ArgumentException($"--split and --test-split are both '{request.Split}'; a model is not judged on what it was calibrated on.");
            }

            return new QuantizeImages(
                Drawn([.. ImageManifest.Read(manifest, request.Split).Select(static e => e.File)], request),
                Drawn([.. ImageManifest.Read(manifest, request.HeldOutSplit).Select(static e => e.File)], request),
                $"split '{request.Split}' of {Path.GetFileName(manifest)}, seed {request.Seed}");
        }

        string[] all = [.. InputFiles.Expand([request.Folder!])];
        new Random(request.Seed).Shuffle(all);
        int heldOut = all.Length < 2
            ? throw new InvalidDataException($"'{request.Folder}' has {all.Length} image; two or more were expected, since some are held out.")
            : Math.Max(1, all.Length / OneHeldOutOf);
        return new QuantizeImages([.. all.Skip(heldOut).Take(request.Limit)], [.. all.Take(Math.Min(heldOut, request.Limit))], $"a folder, seed {request.Seed}");
    }

    private static string[] Drawn(string[] files, QuantizeRequest request)
    {
        new Random(request.Seed).Shuffle(files);
        return [.. files.Take(request.Limit)];
    }
}
