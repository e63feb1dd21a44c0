using CxrNet.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

public sealed class HoldingNoMemory : IDisposable
{
    private const int Side = 32;

    private readonly OneThread _oneThread = new();

    public void Dispose() => _oneThread.Dispose();

    public static TheoryData<string> Methods => [.. TorchExplanations.Methods.Keys];

    [Theory, MemberData(nameof(Methods))]
    public void AThousandMapsLeaveNothingBehind(string name)
    {
        // The tiniest network, and few copies in the methods that take many: a thousand calls of every method fit into a test.
        CardNetwork network = new() { Family = "cxrnet", Feed = "product", MapStride = 2, MapWidths = [16, 16], EncoderWidths = [16, 16] };
        using CxrNetwork made = TinyNetworks.Create(network);
        CxrModelCard card = TinyNetworks.Card(network) with { Input = new CardInput { Height = Side, Width = Side, Normalization = InputNormalization.PerImage } };
        using ExplainableNetwork explained = ExplainableNetwork.Of(made, card, CPU, 16);
        using TorchExplanation method = TorchExplanations.Create(name, explained, new() { Samples = 2, Steps = 2 });
        GrayImage[] image = TinyNetworks.Images(1);
        Repeat(200);   // libtorch's and the runtime's own pools fill first
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount, memory = WorkingSet();
        Repeat(1000);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        long grown = WorkingSet() - memory;
        TestContext.Current.TestOutputHelper!.WriteLine($"1000 calls of {name}: {grown / 1024} KiB more than before.");

        // One leaked plane of the first level, 16 x 16 x 16 floats, would be 16 MB.
        Assert.True(grown < 12 << 20, $"The process grew by {grown} bytes in 1000 calls of {name}.");

        void Repeat(int count)
        {
            for (int i = 0; i < count; i++)
            {
                method.Explain(image, "covid19");
            }
        }
    }

    private static long WorkingSet()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
