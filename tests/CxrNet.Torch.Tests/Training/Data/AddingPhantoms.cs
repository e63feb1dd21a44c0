using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class AddingPhantoms
{
    [Fact]
    public void TheyStandBehindTheRealOnesWithTheirLungs()
    {
        TrainingSet real = TinySet.Create(8, 1);
        TrainingSet set = real.WithPhantoms(6);

        int area = set.Side * set.Side;
        Assert.Equal(14, set.Count);
        Assert.Equal([.. real.Labels, 0, 1, 2, 3, 0, 1], set.Labels);
        Assert.True(set.Images.AsSpan(0, real.Images.Length).SequenceEqual(real.Images));
        for (int i = 8; i < 14; i++)
        {
            double lungs = set.Lungs.AsSpan(i * area, area).ToArray().Average(static b => b / 255.0);
            Assert.InRange(lungs, 0.1, 0.6);
            Assert.True(set.Images.AsSpan(i * area, area).ToArray().Distinct().Count() > 50);
        }

        Assert.Equal([.. real.Entries.Select(static _ => ""), .. Enumerable.Repeat("phantom", 6)], set.Entries.Select(static entry => entry.Source));
    }

    [Fact]
    public void LesionsOfTheSickOnesComeAlongInsideTheirLungs()
    {
        TrainingSet set = TinySet.Create(8, 1).WithPhantoms(5);

        Assert.Equal([9, 10, 11], set.Lesions.Keys.Order());
        int area = set.Side * set.Side;
        foreach ((int row, byte[] lesion) in set.Lesions)
        {
            Assert.Contains(lesion, static b => b > 200);
            Assert.True(lesion.Zip(set.Lungs.AsSpan(row * area, area).ToArray()).All(static pair => pair.First <= pair.Second + 1));
        }

        Assert.All(set.At(16).Lesions.Values, static plane => Assert.Equal(256, plane.Length));
    }

    [Fact]
    public void ABatchCallsTheLesionsOfOthersUnknown()
    {
        using var scope = NewDisposeScope();
        TrainingSet set = TinySet.Create(8, 1).WithPhantoms(5);
        Tensor lesions = Batch.Take(set, [0, 9]).Lesions!;

        Assert.Equal(1, lesions[0].amin().item<float>());
        Assert.Equal(set.Lesions[9].Average(static b => b / 255.0), lesions[1].mean().item<float>(), 1e-4);
        Assert.Null(Batch.Take(set, [0, 8]).Lesions);
    }

    [Fact]
    public void ClassesThatCannotBeDrawnAreNamed()
    {
        TrainingSet set = new(32, ["normal", "fracture"], new byte[1024], new byte[1024], [0], [new("drawn", "normal", "train")]);
        Assert.Contains("'fracture'", Assert.Throws<ArgumentException>(() => set.WithPhantoms(4)).Message, StringComparison.Ordinal);
    }
}
