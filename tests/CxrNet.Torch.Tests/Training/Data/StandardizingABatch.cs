using CxrNet.Torch.Training;
using TorchSharp;

namespace CxrNet.Torch.Tests.Training;

public sealed class StandardizingABatch
{
    [Fact]
    public void GivesWhatInferenceIsFed()
    {
        GrayImage image = TinyNetworks.Images(1)[0];
        CardInput card = new() { Height = image.Height, Width = image.Width, Normalization = InputNormalization.PerImage };
        using InputTensor expected = InputTensor.From([image], card);
        using torch.Tensor plane = torch.tensor(image.Pixels.ToArray(), [1, 1, image.Height, image.Width]);

        using torch.Tensor actual = Standardization.PerImage(plane);

        float[] values = actual.data<float>().ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected.Values.Span[i], values[i], 1e-4f);
        }
    }
}
