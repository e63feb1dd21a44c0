using BenchmarkDotNet.Attributes;

namespace CxrNet.Benchmarks.Explanations;

/// <summary>One map of one drawn chest by each method with its own defaults, all threads; the mean is milliseconds per image.</summary>
/// <remarks>A method that asks the network thousands of times takes seconds, so each map is timed alone, once or, in a full run, five times: the mode <c>explanations</c> runs this class with a job of its own.</remarks>
public class EveryMethod
{
    private readonly GrayImage[] _image = [Peers.BenchmarkModel.Draw(3, 512)];
    private MethodCase _own = null!;
    private IExplanationMap _map = null!;

    public static IEnumerable<MethodCase> Methods => MethodCase.All();

    [ParamsSource(nameof(Methods))]
    public MethodCase Method { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _own = Method;
        _map = _own.Create();
        WarmUp();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _map.Dispose();
        _own.Close();
    }

    [Benchmark(Description = "map")]
    public IReadOnlyList<Heatmap> Map() => _map.Explain(_image, "covid19");

    // One whole map, or a second of one that takes longer: everything has been compiled and allocated by then.
    private void WarmUp()
    {
        using CancellationTokenSource second = new(TimeSpan.FromSeconds(1));
        try
        {
            _map.Explain(_image, "covid19", second.Token);
        }
        catch (OperationCanceledException)
        {
            // Warm enough.
        }
    }
}
