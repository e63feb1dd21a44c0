using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Who is on the images of a manifest: those of one patient are no independent cases, so intervals draw patients.</summary>
internal static class Patients
{
    /// <summary>For each row a number that rows of the same patient share; a row of nobody known is on its own.</summary>
    public static int[] Of(IReadOnlyList<ManifestEntry> entries) => PatientClusters.Of([.. entries.Select(static e => e.PatientGroup)]);

    /// <summary>What the intervals are, for people: over patients where one has several images.</summary>
    /// <param name="patients">As <see cref="Of"/> gives them.</param>
    /// <param name="otherwise">What they are where each image is a case of its own.</param>
    public static string Described(int[] patients, string otherwise) => HaveSeveralImages(patients)
        ? $"95 % intervals by bootstrap over {patients.Distinct().Count()} patients"
        : $"95 % intervals {otherwise}";

    /// <summary>Whether a patient has more than one image, so that intervals are over patients.</summary>
    /// <param name="patients">As <see cref="Of"/> gives them.</param>
    public static bool HaveSeveralImages(int[] patients) => patients.Distinct().Count() < patients.Length;
}
