using System.Text;
using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Models;

public sealed class ReadingSafetensors
{
    [Fact]
    public void ReturnsWhatWasWritten()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.safetensors");
        Dictionary<string, Tensor> tensors = new()
        {
            ["a"] = arange(6, ScalarType.Float32).view(2, 3),
            ["b"] = tensor(7L),
        };
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { ["key"] = "värde" });

        (Dictionary<string, Tensor> read, Dictionary<string, string> metadata) = SafetensorsFile.Read(File.ReadAllBytes(path), path);

        Assert.Equal("värde", metadata["key"]);
        Assert.Equal([2, 3], read["a"].shape);
        Assert.Equal([0f, 1, 2, 3, 4, 5], read["a"].data<float>().ToArray());
        Assert.Equal(7, read["b"].item<long>());
        Assert.False(File.Exists(path + ".tmp"));
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "", "header claims" },
        { "\u0010\0\0\0\0\0\0\0{\"a\":1}", "header claims" },
        { Framed("not json"), "damaged" },
        { Framed("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"""), "lies at" },
        { Framed("""{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,8]}}"""), "damaged" },
        { Framed("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}"""), "damaged" },
        { Framed("""{"a":{"dtype":"C64","shape":[0],"data_offsets":[0,0]}}"""), "C64" },
        { Framed("""{"a":[]}"""), "damaged" },
        { Framed("""{"a":{"dtype":"U8","shape":[0,4611686018427387904],"data_offsets":[0,0]}}"""), "damaged" },
        { Framed("""{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,0],"data_offsets":[0,0]}}"""), "9 dimensions" },
        { Framed("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0]}}""") + "xx", "damaged" },
        { Framed("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""") + "xxxx", "damaged" },
        { Framed("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""") + "xxx", "before 'a' ends" },
        { Framed("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[-2,0]}}""") + "xx", "lies at" },
        { "\u00ff\u00ff\u00ff\u00ff\u00ff\0\0\0{}", "header claims 1099511627775" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void ADamagedFileIsOneClearError(string content, string expected)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => SafetensorsFile.Read(Encoding.Latin1.GetBytes(content), "weights.safetensors"));
        Assert.Contains("weights.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static string Framed(string json) => Encoding.Latin1.GetString(BitConverter.GetBytes((long)json.Length)) + json;
}
