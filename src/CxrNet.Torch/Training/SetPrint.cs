using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CxrNet.Evaluation;

namespace CxrNet.Torch.Training;

/// <summary>What a set's images are known by: a run that goes on must see the same ones, in the same order, under the same labels.</summary>
/// <param name="Count">How many images.</param>
/// <param name="Sha256">Of file name, label, split and source of each: not of paths, so that a run may move to another folder or machine.</param>
/// <param name="LungShare">The mean share of an image that its mask calls lung: another segmenter, or none, gives another.</param>
internal sealed record SetPrint(int Count, string Sha256, double LungShare)
{
    // Decoders of other machines may move a few pixels of a mask, a segmenter moves thousands.
    private const double Tolerance = 1e-3;

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

        long lungs = 0;
        foreach (byte value in set.Lungs)
        {
            lungs += value;
        }

        return new SetPrint(set.Count, Convert.ToHexStringLower(hash.GetHashAndReset()), Math.Round(lungs / (255.0 * Math.Max(1, set.Lungs.Length)), 6));
    }

    /// <summary>What differs, for an error, or null.</summary>
    public string? DifferenceTo(SetPrint here) => this switch
    {
        _ when Count != here.Count => $"{Count} images there, {here.Count} here",
        _ when Sha256 != here.Sha256 => "other file names, labels, splits or sources, or another order",
        _ when Math.Abs(LungShare - here.LungShare) > Tolerance => FormattableString.Invariant($"other lung masks, which cover {LungShare:P1} of the images there, {here.LungShare:P1} here"),
        _ => null,
    };

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
