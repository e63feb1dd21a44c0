using CxrNet.WebViewer.Analysis;

namespace CxrNet.WebViewer.Tests.Analysis;

public sealed class DrawingAMap
{
    [Theory, InlineData(0f), InlineData(1f)]
    public void WhereNoLungsWereFoundNothingLiesOutsideThem(float lungs)
    {
        CxrReport report = new()
        {
            Image = new GrayImage(2, 1, new float[2]),
            Prediction = new CxrPrediction { ModelId = "m", Findings = [], Logits = [] },
            Map = new Heatmap(2, 1, [1, 1], 2, 1) { Method = "network" },
            Lungs = new LungMask(2, 1, [lungs, 0]),
        };

        Assert.Equal(lungs > 0 ? 0.5 : null, MapLayer.From(report, 64)!.OutsideLungs);
    }
}
