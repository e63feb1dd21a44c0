using System.Runtime.InteropServices;
using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Models.StateDicts;

public sealed class ReadingAStateDict
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Int64)]
    public void EveryTypeOfNumberComesBack(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Tensor written = (arange(24, ScalarType.Float32) - 5).view(2, 3, 4).to(type);

        Tensor read = Read(TorchSave.StateDict(new Dictionary<string, Tensor> { ["a.weight"] = written, ["n"] = tensor(7L) }), "a.weight");

        Assert.Equal(type, read.dtype);
        Assert.Equal([2, 3, 4], read.shape);
        Assert.True(read.eq(written).all().item<bool>());
    }

    [Fact]
    public void ViewsOfOneStorageAreReadByTheirStrides()
    {
        using var scope = NewDisposeScope();
        byte[] storage = MemoryMarshal.AsBytes<float>(Enumerable.Range(0, 12).Select(static i => (float)i).ToArray()).ToArray();
        SavedTensor Saved(long offset, long[] size, long[] stride) => new("FloatStorage", "0", storage, 12, offset, size, stride);

        Dictionary<string, Tensor> read = StateDictFile.Read(TorchSave.StateDict([new("turned", Saved(0, [4, 3], [1, 4])), new("part", Saved(5, [2, 2], [4, 2])), new("one", Saved(11, [], []))]), "w.pt");

        Assert.Equal([0f, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], read["turned"].contiguous().data<float>().ToArray());
        Assert.Equal([5f, 7, 9, 11], read["part"].contiguous().data<float>().ToArray());
        Assert.Equal(11, read["one"].item<float>());
    }

    [Fact]
    public void OfACheckpointItIsTheOneDictionaryOfTensors()
    {
        using var scope = NewDisposeScope();
        SavedTensor weight = SavedTensor.Of(ones(2), "0");
        PickleWriter pickle = new PickleWriter().Op('}').Keep().Op('(')
            .Text("epoch").Number(70_000).Text("loss").Op('G').Raw(0x3f, 0xe0, 0, 0, 0, 0, 0, 0)
            .Text("state_dict").StateDict([new("w", weight)])
            .Text("schedule").Op(']').Keep().Op('(').Number(1).Number(-2).Op('e').Op('u').Op('.');

        Assert.Equal([1f, 1], Read(TorchSave.Archive(pickle.ToArray(), TorchSave.Storages([weight])), "w").data<float>().ToArray());
    }

    [Fact]
    public void OneDictionaryOfTensorsUnderSeveralKeysIsOne()
    {
        using var scope = NewDisposeScope();
        SavedTensor weight = SavedTensor.Of(ones(2), "0");
        PickleWriter pickle = new PickleWriter().Op('}').Keep().Op('(').Text("model").OrderedDict().Raw((byte)'r', 77, 0, 0, 0).Text("w").Tensor(weight).Op('s');
        for (int i = 0; i < 5; i++)
        {
            pickle.Text($"again{i}").Raw((byte)'j', 77, 0, 0, 0);
        }

        Assert.Equal([1f, 1], Read(TorchSave.Archive(pickle.Op('u').Op('.').ToArray(), TorchSave.Storages([weight])), "w").data<float>().ToArray());
    }

    [Fact]
    public void NumbersAsKeysHashApartWhateverTheirHalvesAre()
    {
        PickleWriter pickle = new PickleWriter().Op('}').Op('(');
        for (long i = 1; i <= 1000; i++)
        {
            pickle.Number(i * ((1L << 32) + 1)).Number(i);
            pickle.Op('G').Raw([.. BitConverter.GetBytes(BitConverter.Int64BitsToDouble((i + 1000) * ((1L << 32) + 1))).Reverse()]).Number(i);
        }

        Dictionary<object, object?> read = Assert.IsType<Dictionary<object, object?>>(PickleReader.Read(pickle.Op('u').Op('.').ToArray(), "weights.pt"));

        Assert.Equal(2000, read.Count);
        Assert.Equal(7L, read[7 * ((1L << 32) + 1)]);
        Assert.InRange(read.Keys.Select(read.Comparer.GetHashCode).Distinct().Count(), 1990, 2000);
    }

    [Fact]
    public void AParameterIsItsTensor()
    {
        using var scope = NewDisposeScope();
        SavedTensor weight = SavedTensor.Of(ones(2) * 3, "0");
        PickleWriter pickle = new PickleWriter().OrderedDict().Text("w")
            .Global("torch._utils", "_rebuild_parameter").Op('(').Tensor(weight).Raw(0x88).OrderedDict().Op('t').Op('R').Op('s').Op('.');

        Assert.Equal([3f, 3], Read(TorchSave.Archive(pickle.ToArray(), TorchSave.Storages([weight])), "w").data<float>().ToArray());
    }

    private static Tensor Read(byte[] file, string name) => StateDictFile.Read(file, "weights.pt")[name];
}
