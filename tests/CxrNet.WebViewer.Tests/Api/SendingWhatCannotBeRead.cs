using System.Text;
using CxrNet.WebViewer.Tests.Files;
using Microsoft.AspNetCore.Mvc;

namespace CxrNet.WebViewer.Tests.Api;

public sealed class SendingWhatCannotBeRead(ViewerServer viewer)
{
    private readonly HttpClient _client = viewer.CreateClient();

    public static TheoryData<string> Broken => ["text", "empty", "cut png", "cut jpeg", "dicom without pixels"];

    [Theory, MemberData(nameof(Broken))]
    public async Task IsAnUnreadableFileOnEveryEndpoint(string kind)
    {
        foreach (string path in new[] { "/api/analyze", "/api/image", "/api/map" })
        {
            using HttpResponseMessage answer = await _client.PostFile(path, File(kind));
            ProblemDetails problem = await answer.ShouldBeProblem(422, "unreadable-file");
            Assert.InRange(problem.Detail!.Length, 20, 300);
            Assert.DoesNotContain("QUIXOTE", problem.Detail, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("   at ", problem.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("backend", "tensorrt", "There is no engine 'tensorrt'; there is onnx")]
    [InlineData("method", "tealeaves", "has no explanation method 'tealeaves'; it has network, occlusion")]
    [InlineData("target", "tuberculosis", "tuberculosis")]
    [InlineData("layers", "maybe", "'maybe'; true or false is expected")]
    public async Task AFieldOfAnUnknownValueNamesWhatThereIs(string field, string value, string says)
    {
        using HttpResponseMessage answer = await _client.PostFile("/api/analyze", Chests.Png(), (field, value));
        Assert.Contains(says, (await answer.ShouldBeProblem(400, "bad-request")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownColourMapIsABadRequest()
    {
        using HttpResponseMessage answer = await _client.PostFile("/api/map", Chests.Png(), ("colors", "plaid"));
        Assert.Contains("plaid", (await answer.ShouldBeProblem(400, "bad-request")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyOfAnotherTypeIsToldWhichIsExpected()
    {
        using StringContent json = new("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _client.PostAsync("/api/analyze", json);
        Assert.Contains("multipart/form-data", (await answer.ShouldBeProblem(415, "not-a-form")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyOfNoTypeIsABadRequest()
    {
        using ByteArrayContent bytes = new(Chests.Png());
        using HttpResponseMessage answer = await _client.PostAsync("/api/analyze", bytes);
        Assert.Contains("multipart/form-data", (await answer.ShouldBeProblem(400, "bad-request")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFormWithoutAFileIsABadRequest()
    {
        using MultipartFormDataContent form = new() { { new StringContent("onnx"), "backend" } };
        using HttpResponseMessage answer = await _client.PostAsync("/api/analyze", form);
        Assert.Contains("'file' is missing", (await answer.ShouldBeProblem(400, "bad-request")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoFilesInAFormAreABadRequest()
    {
        using MultipartFormDataContent form = Posting.Form(Chests.Png());
        form.Add(new ByteArrayContent(Chests.Png()), "file", "second.png");
        using HttpResponseMessage answer = await _client.PostAsync("/api/analyze", form);
        Assert.Contains("Two files", (await answer.ShouldBeProblem(400, "bad-request")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFormThatBreaksOffIsABadRequest()
    {
        using StringContent broken = new("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc", Encoding.ASCII);
        broken.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        using HttpResponseMessage answer = await _client.PostAsync("/api/analyze", broken);
        await answer.ShouldBeProblem(400, "bad-request");
    }

    [Theory]
    [InlineData("/api/phantoms/gout", "gout")]
    [InlineData("/api/phantoms/covid19?side=20000", "20000")]
    [InlineData("/api/phantoms/covid19?seed=many", "many")]
    public async Task APhantomThatCannotBeDrawnIsABadRequest(string path, string says)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path);
        Assert.Contains(says, (await answer.ShouldBeProblem(400, "bad-request")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/analyze", 405, "wrong-method")]
    [InlineData("/api/nothing", 404, "not-found")]
    [InlineData("/appsettings.json", 404, "not-found")]
    [InlineData("/%2e%2e/appsettings.json", 404, "not-found")]
    public async Task AnotherAddressOrMethodIsAProblemToo(string path, int status, string kind)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path);
        await answer.ShouldBeProblem(status, kind);
    }

    private static byte[] File(string kind) => kind switch
    {
        "text" => "Patient feels better today."u8.ToArray(),
        "cut png" => Chests.Png()[..2000],
        "cut jpeg" => Chests.Jpeg()[..200],
        "dicom without pixels" => Imaging.Tests.Dicom.TestDicom.Grey(8, 8, 8, new byte[64]).Without(0x7FE0_0010).Text(0x0010_0010, "PN", "QUIXOTE^ALONSO").File(),
        _ => [],
    };
}
