namespace CxrNet.Cli;

/// <summary>What the program's streams may hold at once.</summary>
internal static class Streams
{
    /// <summary>Room for a batch that runs, one that is next and one that is written, beside what is being decoded.</summary>
    /// <param name="batch">Images in one forward pass.</param>
    public static StreamingOptions Options(int batch) =>
        StreamingOptions.Default with { MaxBatch = batch, MaxInFlight = (3 * batch) + Environment.ProcessorCount };
}
