using CxrNet.Conformance;
using CxrNet.Torch.Export;
using CxrNet.Torch.Networks;

namespace CxrNet.Torch.Tests.Explanation;

/// <summary>The suite of every explanation method, for one that is made by its name.</summary>
public abstract class TorchExplanationConforms<TMap>(string method) : ExplanationMapConformance<TMap>, IDisposable
    where TMap : TorchExplanation
{
    private readonly OneThread _oneThread = new();

    public void Dispose()
    {
        _oneThread.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override ICxrClassifier LoadClassifier(CxrModelCard card)
    {
        using CxrNetwork network = TinyNetworks.Create(card.Network!);
        return TorchClassifier.Load(OnnxExport.Classifier(network, card));
    }

    // Few samples and steps: the suite asks what a map is, not how good.
    protected override TMap Create(ICxrClassifier classifier) =>
        Assert.IsType<TMap>(TorchExplanations.Create(method, (TorchClassifier)classifier, new() { Samples = 3, Steps = 4 }));
}
