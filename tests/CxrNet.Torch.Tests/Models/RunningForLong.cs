using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;
using CxrNet.Torch.Tests.Networks.Field;
using TorchSharp;

namespace CxrNet.Torch.Tests.Models;

public sealed class RunningForLong
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AThousandCallsLeaveNothingBehind(bool ofTheField)
    {
        using TorchClassifier classifier = ofTheField ? Field() : Own();
        GrayImage[] images = TinyNetworks.Images(2);
        Repeat(300);   // libtorch's and the runtime's own pools fill first
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        List<long> grown = [];
        for (int part = 0; part < 4; part++)
        {
            long before = WorkingSet();
            Repeat(250);
            grown.Add(WorkingSet() - before);
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // A pool that fills shows in one part, a leak in each: one input of 2 x 64 x 64 floats a call would be 8 MB.
        Assert.True(grown.Min() < 4 << 20, $"The process grew by {string.Join(", ", grown)} bytes in four times 250 calls.");

        void Repeat(int count)
        {
            for (int i = 0; i < count; i++)
            {
                classifier.Classify(images);
            }
        }
    }

    [Fact]
    public async Task DisposedOfInTheMiddleItEndsCleanlyAndOnce()
    {
        TorchClassifier classifier = Field();
        GrayImage[] images = TinyNetworks.Images(4);
        float[][] alone = [.. images.Select(i => classifier.Classify(i).Logits.ToArray())];
        using CountdownEvent running = new(4);
        Task<Exception>[] callers = [.. Enumerable.Range(0, 4).Select(n => Task.Run(() =>
        {
            bool counted = false;
            try
            {
                while (true)
                {
                    float[] logits = [.. classifier.Classify(images[n], TestContext.Current.CancellationToken).Logits];
                    if (!logits.SequenceEqual(alone[n]))
                    {
                        return new InvalidOperationException("Another answer than alone.");
                    }

                    if (!counted)
                    {
                        counted = true;
                        running.Signal();
                    }
                }
            }
            catch (Exception e)
            {
                return e;
            }
        }))];
        Assert.True(running.Wait(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        classifier.Dispose();
        Assert.All(await Task.WhenAll(callers), static e => Assert.IsType<ObjectDisposedException>(e));
    }

    [Fact]
    public void ItsLayersOutliveItForThoseWhoHoldThem()
    {
        TorchClassifier classifier = Field();
        LayerGraph shared = classifier.Explainable.Graph.Share();
        classifier.Dispose();
        using (torch.NewDisposeScope())
        {
            Assert.Equal([1, 4], shared.Run(ExplanationRun.Given(0, torch.zeros(1, 1, 64, 64)), [shared.Output])[shared.Output]!.shape);
        }

        shared.Dispose();
    }

    private static TorchClassifier Own()
    {
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        return TorchClassifier.Load(OnnxExport.Classifier(network, TinyNetworks.Card(TinyNetworks.Product)));
    }

    private static TorchClassifier Field()
    {
        using var scope = torch.NewDisposeScope();
        CxrModelCard card = FieldNetworks.Tiny("mobilenet-v2");
        return TorchClassifier.Load(OnnxExport.Field(card, FieldNetworks.Draw(card), "test"));
    }

    private static long WorkingSet()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
