namespace CxrNet.Evaluation;

/// <summary>Patients as the numbers that <see cref="BootstrapOptions.Clusters"/> takes: their images are no independent cases.</summary>
public static class PatientClusters
{
    /// <summary>A number for each image that images of the same patient share.</summary>
    /// <param name="patients">One per image; where it is empty the patient is not known, and the image is on its own.</param>
    /// <returns>0 and up for patients in the order in which they come, below 0 for images of nobody known.</returns>
    public static int[] Of(IReadOnlyList<string> patients)
    {
        ArgumentNullException.ThrowIfNull(patients);
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] clusters = new int[patients.Count];
        for (int i = 0; i < clusters.Length; i++)
        {
            if (patients[i].Length == 0)
            {
                clusters[i] = -1 - i;
            }
            else if (!numbers.TryGetValue(patients[i], out clusters[i]))
            {
                numbers.Add(patients[i], clusters[i] = numbers.Count);
            }
        }

        return clusters;
    }
}
