using CxrNet.Evaluation;

namespace CxrNet.Cli.Tests;

public sealed class TimingAMethod
{
    [Fact]
    public void AFirstCallOfMoreThanASecondIsTimedAgainToo()
    {
        using Cli cli = new();
        CompareMapsRequest request = new() { Model = new ModelChoice(cli.Model, "onnx", 1, 16), Split = "test", Limit = 1, Phantoms = 1, Methods = "network", Folder = cli.Path("out"), Masks = 20, Seed = 1 };
        using MapBench bench = new(request, new Messages(TextWriter.Null));
        ExplanationMethod method = new("slow", "wakes up", _ => new Sleeper());
        MapCase chest = bench.Cases.At(0, TestContext.Current.CancellationToken)!;
        ComparedMap map = bench.Judge(method, chest, new MapJudgeOptions { Steps = 2, InfidelitySamples = 0 }, out _, TestContext.Current.CancellationToken);
        Assert.InRange(map.Figures["ms"], 0, 900);
    }

    private sealed class Sleeper : IExplanationMap
    {
        private bool _awake;

        public string Method => "slow";

        public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
        {
            if (!_awake)
            {
                Thread.Sleep(1200);
            }

            _awake = true;
            return [.. images.Select(i => new Heatmap(2, 2, [0, 1, 2, 3], i.Width, i.Height) { Method = Method })];
        }

        public void Dispose()
        {
        }
    }
}
