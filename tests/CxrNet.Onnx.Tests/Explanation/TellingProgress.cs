namespace CxrNet.Onnx.Tests;

public sealed class TellingProgress
{
    [Theory]
    [InlineData("scorecam", 32)]
    [InlineData("ablationcam", 32)]
    [InlineData("reciprocam", 256)]
    public void MethodsOfManyPassesTellHowFarTheyAre(string method, int passes)
    {
        using GoldenNetwork net = new("netA");
        List<ExplanationProgress> told = [];
        Teller teller = new(told);
        using FeatureMap map = method switch
        {
            "scorecam" => new ScoreCamMap(net.Features) { Progress = teller },
            "ablationcam" => new AblationCamMap(net.Features) { Progress = teller },
            _ => new ReciproCamMap(net.Features) { Progress = teller },
        };

        map.Explain([GoldenNetwork.Input(0), GoldenNetwork.Input(1)], default, TestContext.Current.CancellationToken);

        foreach (IGrouping<int, ExplanationProgress> image in told.GroupBy(p => p.Image))
        {
            Assert.Equal(image.Select(p => p.Done).Order(), image.Select(p => p.Done));
            Assert.Equal((2, passes, passes), (image.Last().Images, image.Last().Done, image.Last().Total));
        }

        Assert.Equal([0, 1], told.Select(p => p.Image).Distinct());
    }

    // Progress<T> tells on another thread.
    private sealed class Teller(List<ExplanationProgress> told) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => told.Add(value);
    }
}
