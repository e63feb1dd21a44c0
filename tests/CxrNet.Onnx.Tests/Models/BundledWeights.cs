using CxrNet.Conformance;
using CxrNet.Models;

namespace CxrNet.Onnx.Tests;

public sealed class BundledWeights
{
    [Fact]
    public void EveryModelOfTheBuildRunsAndAgreesWithItsOwnCard()
    {
        foreach (BundledModel model in BundledModels.Available.Where(m => m.Card.Task == CxrModelTask.Classification))
        {
            using Stream stream = model.Open();
            using OnnxClassifier classifier = OnnxClassifier.Load(stream, name: model.FileName);
            Assert.Equal(model.Card.ToJson(), classifier.Card.ToJson());
            CxrPrediction prediction = classifier.Classify(ConformanceImages.Make(1, 300, 280), TestContext.Current.CancellationToken);
            Assert.Equal(1, prediction.Findings.Sum(f => (double)f.Probability), 1e-5);
        }
    }

    [Fact]
    public void AModelThatIsNotInTheBuildSaysWhereItBelongs()
    {
        foreach (BundledModel model in new[] { BundledModels.CxrNetS, BundledModels.Lungs }.Where(m => !m.IsAvailable))
        {
            CxrModelException error = Assert.Throws<CxrModelException>(() => model.Open());
            Assert.Contains(model.FileName, error.Message, StringComparison.Ordinal);
            Assert.Contains("src/CxrNet.Models/Weights", error.Message, StringComparison.Ordinal);
        }
    }
}
