using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export;
using CxrNet.Torch.Models;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Models;

/// <summary>Tokens that are cancelled from inside a pass, so that no clock decides.</summary>
public sealed class CancellingAPass : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void AModuleEndsAtItsNextConvolution()
    {
        using var scope = NewDisposeScope();
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        int passed = 0;
        using (RunCancellation.Watch(_stop.Token))
        {
            Assert.Throws<OperationCanceledException>(() => network.Encoder.Features(randn(1, 1, 32, 32), x =>
            {
                passed++;
                _stop.Cancel();
                return x;
            }));
        }

        Assert.Equal(1, passed);
        Assert.Equal([1, 32, 4, 4], network.Encoder.Features(randn(1, 1, 32, 32)).shape);
    }

    [Fact]
    public void AGraphEndsAtItsNextLayer()
    {
        using var scope = NewDisposeScope();
        List<string> ran = [];
        using LayerGraph graph = new(
            [
                new Layer("input", LayerKind.Input, [], true, static _ => throw new InvalidOperationException()),
                Counting("a", 0, static () => { }),
                Counting("b", 1, _stop.Cancel),
                Counting("c", 2, static () => { }),
            ],
            [], output: 3, encoder: 0);
        Dictionary<int, Tensor> input = ExplanationRun.Given(0, ones(1, 1, 2, 2));
        using (RunCancellation.Watch(_stop.Token))
        {
            Assert.Throws<OperationCanceledException>(() => graph.Run(input, [3]));
            Assert.Equal(["a", "b"], ran);
            Assert.Throws<OperationCanceledException>(() => graph.Trace(0, input[0]));
            Assert.Equal(["a", "b"], ran);
        }

        graph.Run(input, [3]);
        Assert.Equal(["a", "b", "a", "b", "c"], ran);

        Layer Counting(string name, int reads, Action done) => new(name, LayerKind.Routing, [reads], true, v =>
        {
            ran.Add(name);
            done();
            return v[0] * 1;
        });
    }

    [Fact]
    public void ATokenIsWatchedNoLongerThanItsPassAndByItsThreadAlone()
    {
        _stop.Cancel();
        using (RunCancellation.Watch(CancellationToken.None))
        {
            using (RunCancellation.Watch(_stop.Token))
            {
                Assert.Throws<OperationCanceledException>(RunCancellation.ThrowIfRequested);
                Exception? elsewhere = null;
                Thread other = new(() => elsewhere = Record.Exception(RunCancellation.ThrowIfRequested));
                other.Start();
                other.Join();
                Assert.Null(elsewhere);
            }

            RunCancellation.ThrowIfRequested();
        }
    }

    [Fact]
    public void ReadyInputsAndSegmentersHeedATokenToo()
    {
        _stop.Cancel();
        CxrModelCard card = TinyNetworks.Card(TinyNetworks.Product);
        using CxrNetwork network = TinyNetworks.Create(TinyNetworks.Product);
        using TorchModel model = TorchModel.Load(OnnxExport.Classifier(network, card), "tiny", null, CxrModelTask.Classification);
        using InputTensor input = InputTensor.From(TinyNetworks.Images(1), card.Input);
        using TensorBuffer logits = TensorBuffer.Rent(1, 4);

        // Past every check that is made before a pass.
        Assert.Throws<OperationCanceledException>(() => model.Run(input, logits, null, null, _stop.Token));
        Assert.Throws<OperationCanceledException>(() => model.RunLogits(input.Values, input.Shape, logits.Values, _stop.Token));
        model.Run(input, logits, null, null, CancellationToken.None);
        Assert.All(logits.Values.ToArray(), static l => Assert.True(float.IsFinite(l)));
    }
}
