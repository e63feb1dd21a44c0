namespace CxrNet.Cli;

/// <summary>What one image still wants.</summary>
/// <param name="Index">The image.</param>
/// <param name="Maps">Methods that are to be judged on it.</param>
/// <param name="Pictures">Methods that were judged and lack their picture.</param>
/// <param name="IsPictured">Whether the page's grid shows the image.</param>
internal sealed record MapTask(int Index, IReadOnlyList<string> Maps, IReadOnlyList<string> Pictures, bool IsPictured);
