using System.IO.Compression;
using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Models.StateDicts;

public sealed class RefusingAStateDict
{
    private static readonly SavedTensor Ones = new("FloatStorage", "0", new byte[16], 4, 0, [4], [1]);

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch", "ComplexFloatStorage")]
    [InlineData("torchvision.models.resnet", "ResNet")]
    public void AGlobalThatIsNoTensorIsNamedAndNotRun(string module, string name)
    {
        byte[] pickle = new PickleWriter().Global(module, name).Text("echo").Raw(0x85).Op('R').Op('.').ToArray();
        Refused(TorchSave.Archive(pickle, []), $"'{module}.{name}'", "not run");
    }

    [Theory]
    [InlineData('i', "Instance")]
    [InlineData('o', "Object")]
    [InlineData('\u0081', "NewObject")]
    [InlineData('\u0093', "StackGlobal")]
    [InlineData('\u0082', "Extension1")]
    [InlineData('P', "PersistentId")]
    [InlineData('I', "0x49")]
    public void AnOpcodeThatTorchSaveDoesNotWriteIsNamed(char opcode, string named) =>
        Refused(TorchSave.Archive(new PickleWriter().Op(opcode).Op('.').ToArray(), []), named, "byte 2");

    [Fact]
    public void APickleThatMakesMillionsOfValuesIsRefusedThoughItsStackStaysShort()
    {
        PickleWriter pickle = new PickleWriter().Op(']');
        byte[] batch = [(byte)'(', .. Enumerable.Repeat((byte)'}', 1000), (byte)'e'];
        for (int i = 0; i < 4300; i++)
        {
            pickle.Raw(batch);
        }

        Refused(TorchSave.Archive(pickle.Op('.').ToArray(), []), "more than 4194304 opcodes");
    }

    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "too few values", new PickleWriter().Op('R').Op('.').ToArray() },
        { "without a mark", new PickleWriter().Op('t').Op('.').ToArray() },
        { "never kept", new PickleWriter().Op('h').Raw(9).Op('.').ToArray() },
        { "bytes wanted", new PickleWriter().Op('X').Raw(0xff, 0xff, 0xff, 0x7f).ToArray() },
        { "bytes wanted", new PickleWriter().Op('c').Raw("no end"u8).ToArray() },
        { "bytes wanted", [0x80, 2] },
        { "protocol 4", [0x80, 4, (byte)'.'] },
        { "no dictionary", new PickleWriter().Number(1).Op('.').ToArray() },
        { "0 dictionaries", new PickleWriter().Op('}').Op('.').ToArray() },
        { "what is no function", new PickleWriter().Number(1).Op(')').Op('R').Op('.').ToArray() },
        { "'a' twice", new PickleWriter().Op('}').Op('(').Text("a").Number(1).Text("a").Number(2).Op('u').Op('.').ToArray() },
        { "no storage", new PickleWriter().Text("0").Op('Q').Op('.').ToArray() },
        { "of other kinds", new PickleWriter().Global("torch._utils", "_rebuild_tensor_v2").Op(')').Op('R').Op('.').ToArray() },
    };

    [Theory, MemberData(nameof(Damaged))]
    public void ADamagedPickleIsOneClearError(string expected, byte[] pickle) => Refused(TorchSave.Archive(pickle, []), expected);

    [Theory]
    [InlineData(0, new long[] { 5 }, new long[] { 1 })]
    [InlineData(1, new long[] { 4 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 3, 1 })]
    [InlineData(0, new long[] { int.MaxValue, int.MaxValue, int.MaxValue }, new long[] { 0, 0, 0 })]
    [InlineData(0, new long[] { 2 }, new long[] { -1 })]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2 }, new long[] { 1, 1 })]
    public void ATensorOutsideItsStorageIsRefused(long offset, long[] size, long[] stride) =>
        Refused(TorchSave.StateDict([new("w", Ones with { Offset = offset, Size = size, Stride = stride })]), "a tensor that");

    [Fact]
    public void AStorageOfAnotherLengthThanItsEntryIsRefused()
    {
        Refused(TorchSave.StateDict([new("w", Ones with { Count = 4_000_000_000 })]), "16000000000 bytes", "has 16");
        Refused(TorchSave.StateDict([new("w", Ones with { StorageType = "HalfStorage" })]), "8 bytes");
        Refused(TorchSave.Archive(new PickleWriter().StateDict([new("w", Ones)]).Op('.').ToArray(), []), "no such entry");
    }

    [Fact]
    public void ACompressedArchiveIsRefusedBeforeItIsUnpacked() =>
        Refused(TorchSave.Archive(new PickleWriter().StateDict([new("w", Ones)]).Op('.').ToArray(), [("data/0", new byte[1 << 24])], level: CompressionLevel.SmallestSize), "uncompressed");

    [Theory]
    [InlineData("../weights/")]
    [InlineData("/weights/")]
    [InlineData("c:\\weights/")]
    public void ANameThatLeavesTheArchiveIsRefused(string root) => Refused(TorchSave.Archive(new PickleWriter().Op('.').ToArray(), [], root), "leaves the archive");

    [Fact]
    public void OtherFilesOfPyTorchAreCalledByName()
    {
        byte[] pickle = new PickleWriter().StateDict([new("w", Ones)]).Op('.').ToArray();
        Refused(TorchSave.Archive(pickle, [("constants.pkl", [])]), "TorchScript");
        Refused(TorchSave.Archive(pickle, [], byteOrder: "big"), "'big'");
        Refused(TorchSave.Archive(pickle, [], root: ""), "0 files data.pkl");

        byte[] legacy = [0x80, 2, 0x8a, 10, .. "\u006c\u00fc\u009cFäj"u8, 0, 0, 0, 0, (byte)'.'];
        CxrModelException error = Assert.Throws<CxrModelException>(() => TorchFile.FormatOf(legacy, "old.pth"));
        Assert.Contains("before PyTorch 1.6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACutOrScrambledArchiveIsOneClearError()
    {
        byte[] file = TorchSave.StateDict(new Dictionary<string, Tensor> { ["w"] = ones(64) });
        for (int length = 4; length < file.Length; length += 13)
        {
            Refused(file[..length], "damaged");
        }

        Random random = new(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] scrambled = [.. file];
            for (int n = 0; n < 3; n++)
            {
                scrambled[random.Next(4, file.Length)] = (byte)random.Next(256);
            }

            using var scope = NewDisposeScope();
            if (Record.Exception(() => StateDictFile.Read(scrambled, "weights.pt")) is { } thrown)
            {
                Assert.IsType<CxrModelException>(thrown);
            }
        }
    }

    private static void Refused(byte[] file, params string[] expected)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => StateDictFile.Read(file, "weights.pt"));
        Assert.Contains("weights.pt", error.Message, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }
}
