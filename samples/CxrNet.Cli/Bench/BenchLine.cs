namespace CxrNet.Cli;

/// <summary>What bench measured. Threads 0 is the engine's own choice; FirstResultMs is loading the model and one image.</summary>
internal sealed record BenchLine(string Backend, string Model, string File, int Threads, int Processors, int Images, double Megapixels, double FirstResultMs, IReadOnlyList<BenchStageLine> Stages);

/// <summary>One stage; times per image, the median and the bounds of nine tenths of the calls.</summary>
internal sealed record BenchStageLine(string Name, double ImagesPerSecond, double MedianMs, double LowMs, double HighMs, double AllocatedBytes, int Calls);
