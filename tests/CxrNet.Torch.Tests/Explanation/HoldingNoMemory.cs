using CxrNet.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Explanation;

public sealed class HoldingNoMemory : IDisposable
{
    private readonly OneThread _oneThread = new();

    public void Dispose() => _oneThread.Dispose();

    [Fact]
    public void AThousandGradCamsLeaveNothingBehind()
    {
        CardNetwork network = TinyNetworks.Product;
        CxrModelCard card = TinyNetworks.Card(network) with { Input = new CardInput { Height = 64, Width = 64, Normalization = InputNormalization.PerImage } };
        using CxrNetwork made = TinyNetworks.Create(network);
        using ExplainableNetwork explained = ExplainableNetwork.Of(made, card, CPU, 16);
        using GradCam method = new(explained);
        GrayImage[] image = TinyNetworks.Images(1);
        Repeat(300);   // libtorch's and the runtime's own pools fill first
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount, memory = WorkingSet();
        Repeat(1000);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        long grown = WorkingSet() - memory;
        TestContext.Current.TestOutputHelper!.WriteLine($"1000 calls: {grown / 1024} KiB more than before.");
        // One leaked plane of 64 x 64 floats a call would be 16 MB.
        Assert.True(grown < 8 << 20, $"The process grew by {grown} bytes in 1000 calls.");

        void Repeat(int count)
        {
            for (int i = 0; i < count; i++)
            {
                method.Explain(image, "covid19");
            }
        }
    }

    [Fact]
    public void NoMethodLeavesATensorBehind()
    {
        using CxrNetwork made = TinyNetworks.Create(TinyNetworks.Product);
        using ExplainableNetwork explained = ExplainableNetwork.Of(made, TinyNetworks.Card(TinyNetworks.Product), CPU, 16);
        foreach (string name in TorchExplanations.Methods.Keys)
        {
            using TorchExplanation method = TorchExplanations.Create(name, explained, new() { Samples = 3, Steps = 4 });
            long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            method.Explain(TinyNetworks.Images(2));
            Assert.True(DisposeScopeManager.Statistics.ThreadTotalLiveCount == live, $"{name} left {DisposeScopeManager.Statistics.ThreadTotalLiveCount - live} tensors.");
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
