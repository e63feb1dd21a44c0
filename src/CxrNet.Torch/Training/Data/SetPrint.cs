using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CxrNet.Evaluation;

namespace CxrNet.Torch.Training;

/// <summary>What a set's images are known by: a run that goes on must see the same ones, in the same order, under the same labels.</summary>
/// <param name="Count">How many images.</param>
/// <param name="Sha256">Of file name, label, split and source of each: not of paths, so that a run may move to another folder or machine.</param>
/// <param name="LungShare">The mean share of an image that its mask calls lung: another segmenter, or none, gives another.</param>
/// <param name="LesionShare">The share of all images that is known to be lesion; null in a checkpoint of before it was kept.</param>
internal sealed record SetPrint(int Count, string Sha256, double LungShare, double? LesionShare = null)
{
    // Decoders of other machines may move a few pixels of a mask, a segmenter moves thousands.
    private const double Tolerance = 1e-3;

    // Of their own area: few images have any.
    private const double LesionTolerance = 0.02;

    public static SetPrint Of(TrainingSet set)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ManifestEntry entry in set.Entries)
        {
            foreach (string part in (string[])[Path.GetFileName(entry.File), entry.Label, entry.Split, entry.Source])
            {
                Append(hash, part);
            }
        }

        double whole = 255.0 * Math.Max(1, set.Lungs.Length);
        return new SetPrint(
            set.Count,
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            Math.Round(Sum(set.Lungs) / whole, 6),
            set.Lesions.Values.Sum(static plane => Sum(plane)) / whole);
    }

    /// <summary>What differs, for an error, or null.</summary>
    /// <param name="here">What the run that goes on would see.</param>
    /// <param name="readsLesions">Whether it learns where lesions are.</param>
    public string? DifferenceTo(SetPrint here, bool readsLesions) => this switch
    {
        _ when Count != here.Count => $"{Count} images there, {here.Count} here",
        _ when Sha256 != here.Sha256 => "other file names, labels, splits or sources, or another order",
        _ when Math.Abs(LungShare - here.LungShare) > Tolerance => FormattableString.Invariant($"other lung masks, which cover {LungShare:P1} of the images there, {here.LungShare:P1} here"),
        _ when readsLesions && LesionShare is { } lesions && Math.Abs(lesions - here.LesionShare!.Value) > LesionTolerance * lesions => FormattableString.Invariant($"other lesion masks, which cover {lesions:P3} of the images there, {here.LesionShare:P3} here"),
        _ => null,
    };

    private static long Sum(ReadOnlySpan<byte> plane)
    {
        long sum = 0;
        foreach (byte value in plane)
        {
            sum += value;
        }

        return sum;
    }

    // With its length, so that no two lists of parts give the same bytes.
    private static void Append(IncrementalHash hash, string part)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(part);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
