using System.Runtime.InteropServices;
using System.Text.Json;
using CxrNet.Imaging;
using CxrNet.WebViewer.Tests.Files;

namespace CxrNet.WebViewer.Tests.Api;

public sealed class AnalyzingAFile(ViewerServer viewer)
{
    private readonly HttpClient _client = viewer.CreateClient();

    public static TheoryData<string> Formats => ["png", "jpeg", "dicom"];

    [Theory, MemberData(nameof(Formats))]
    public async Task GivesFourProbabilitiesThatSumToOne(string format)
    {
        JsonElement answer = await _client.Analyze(File(format));
        JsonElement[] findings = [.. answer.GetProperty("findings").EnumerateArray()];
        Assert.Equal(["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"], findings.Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(1, findings.Sum(f => f.GetProperty("probability").GetDouble()), 1e-4);
        Assert.All(findings, f => Assert.Equal(f.GetProperty("probability").GetSingle() >= f.GetProperty("threshold").GetSingle(), f.GetProperty("reachesThreshold").GetBoolean()));
        Assert.Equal(findings.MaxBy(f => f.GetProperty("probability").GetSingle()).GetProperty("name").GetString(), answer.GetProperty("top").GetString());
        Assert.Equal(256, answer.GetProperty("image").GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task GivesTheScoresOfTheLibrary()
    {
        byte[] file = Chests.Png();
        using CxrPipeline cxr = CxrNetPipeline.CreateDefault();
        CxrPrediction expected = cxr.Analyze(file).Prediction;
        JsonElement answer = await _client.Analyze(file);
        Assert.Equal(expected.Findings.Select(f => f.Probability), answer.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("probability").GetSingle()), Near);
        Assert.Equal(expected.Warnings, answer.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!));
    }

    [Fact]
    public async Task GivesAMapWhoseNumbersFillItsGrid()
    {
        JsonElement map = (await _client.Analyze(Chests.Png(side: 512))).GetProperty("map");
        int width = map.GetProperty("width").GetInt32(), height = map.GetProperty("height").GetInt32();
        Assert.Equal((256, 256), (width, height));
        float[] values = MemoryMarshal.Cast<byte, float>(map.GetProperty("values").GetBytesFromBase64()).ToArray();
        Assert.Equal(width * height, values.Length);
        Assert.All(values, v => Assert.InRange(v, 0, 1));
        Assert.True(values.Max() > values.Min());
    }

    [Fact]
    public async Task DrawsTheLungsInsideTheImage()
    {
        JsonElement lungs = (await _client.Analyze(Chests.Png())).GetProperty("lungs");
        Assert.InRange(lungs.GetProperty("area").GetDouble(), 0.05, 0.8);
        JsonElement[] outlines = [.. lungs.GetProperty("outlines").EnumerateArray()];
        Assert.InRange(outlines.Length, 1, 4);
        Assert.All(outlines, o => Assert.All(o.EnumerateArray(), c => Assert.InRange(c.GetDouble(), 0, 256)));
        Assert.All(outlines, o => Assert.True(o.GetArrayLength() >= 6 && o.GetArrayLength() % 2 == 0));
    }

    [Fact]
    public async Task SaysWhatTheHeaderSaysOfTheImageAndNothingOfThePatient()
    {
        using HttpResponseMessage answer = await _client.PostFile("/api/analyze", Chests.Dicom(patient: "QUIXOTE^ALONSO"));
        string text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("QUIXOTE", text, StringComparison.OrdinalIgnoreCase);
        JsonElement image = JsonDocument.Parse(text).RootElement.GetProperty("image");
        Assert.Equal("PA", image.GetProperty("view").GetString());
        Assert.Equal("DX", image.GetProperty("modality").GetString());
        Assert.Equal(0.4, image.GetProperty("pixelMillimetres").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task WithoutLayersGivesScoresAlone()
    {
        JsonElement answer = await _client.Analyze(Chests.Png(), ("layers", "false"));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("map").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("lungs").ValueKind);
        Assert.Equal(4, answer.GetProperty("findings").GetArrayLength());
    }

    [Theory]
    [InlineData("hirescam", "normal")]
    [InlineData("hirescam", "covid19")]
    [InlineData("ablation", "viral_pneumonia")]
    public async Task ExplainsTheFindingAskedForWithTheMethodAskedFor(string method, string target)
    {
        JsonElement map = (await _client.Analyze(Chests.Png(), ("method", method), ("target", target))).GetProperty("map");
        Assert.Equal(method, map.GetProperty("method").GetString());
        Assert.Equal(target, map.GetProperty("finding").GetString());
    }

    [Fact]
    public async Task SaysHowLongEachStageTook()
    {
        JsonElement times = (await _client.Analyze(Chests.Png())).GetProperty("timingsMs");
        double elapsed = times.GetProperty("elapsed").GetDouble();
        Assert.InRange(times.GetProperty("inference").GetDouble(), 0.01, elapsed);
        Assert.InRange(times.GetProperty("decode").GetDouble(), 0, elapsed);
    }

    [Fact]
    public async Task AnImageThatIsNoChestIsSaidToBeUnlikeOne()
    {
        GrayImage stripes = new(256, 256, [.. Enumerable.Range(0, 256 * 256).Select(i => i % 8 < 4 ? 1f : 0f)]);
        using MemoryStream memory = new();
        PngFile.Write(memory, stripes);
        JsonElement answer = await _client.Analyze(memory.ToArray());
        Assert.True(answer.GetProperty("distance").GetDouble() > 1);
        Assert.Contains(answer.GetProperty("warnings").EnumerateArray(), w => w.GetString()!.StartsWith("The image is unlike", StringComparison.Ordinal));
    }

    private static bool Near(float a, float b) => MathF.Abs(a - b) < 1e-5f;

    private static byte[] File(string format) => format switch
    {
        "jpeg" => Chests.Jpeg(),
        "dicom" => Chests.Dicom(),
        _ => Chests.Png(),
    };
}
