using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CxrNet.WebViewer.Tests.Api;

/// <summary>What whoever runs the viewer asks it.</summary>
public sealed class RunningAServer(ViewerServer viewer)
{
    private readonly HttpClient _client = viewer.CreateClient();

    [Fact]
    public async Task HealthyMeansThatTheModelsAnswer()
    {
        using HttpResponseMessage answer = await _client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        JsonElement health = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Healthy", health.GetProperty("status").GetString());
        Assert.Contains("ONNX Runtime", health.GetProperty("checks").GetProperty("models").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/analyze", "post")]
    [InlineData("/api/image", "post")]
    [InlineData("/api/map", "post")]
    [InlineData("/api/info", "get")]
    [InlineData("/api/phantoms/{finding}", "get")]
    public async Task TheDescriptionHasEveryEndpointWithItsSummary(string path, string method)
    {
        JsonElement description = await _client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        JsonElement operation = description.GetProperty("paths").GetProperty(path).GetProperty(method);
        Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        Assert.True(operation.GetProperty("responses").TryGetProperty("200", out _));
    }

    [Fact]
    public async Task TheDescriptionSaysWhatTheFormHasAndThatThisIsNoDiagnosis()
    {
        JsonElement description = await _client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Assert.Contains("not a medical device", description.GetProperty("info").GetProperty("description").GetString(), StringComparison.Ordinal);
        string text = description.GetProperty("paths").GetProperty("/api/analyze").GetRawText() + description.GetProperty("components").GetRawText();
        Assert.All(["file", "backend", "method", "target", "layers"], field => Assert.Contains($"\"{field}\"", text, StringComparison.Ordinal));
        Assert.Contains("multipart/form-data", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheInfoHasAllThatTheMenusOfferAndTheModelsOperatingPoints()
    {
        JsonElement info = await _client.GetFromJsonAsync<JsonElement>("/api/info");
        Assert.Equal("network", info.GetProperty("methods")[0].GetProperty("name").GetString());
        Assert.Contains(info.GetProperty("methods").EnumerateArray(), m => m.GetProperty("name").GetString() == "hirescam");
        Assert.All(info.GetProperty("colorMaps").EnumerateArray(), c => Assert.Equal(768, c.GetProperty("rgb").GetBytesFromBase64().Length));
        JsonElement[] findings = [.. info.GetProperty("model").GetProperty("findings").EnumerateArray()];
        Assert.Equal(4, findings.Length);
        Assert.All(findings, f => Assert.NotEqual(0, f.GetProperty("operatingPoints").GetArrayLength()));
    }

    [Fact]
    public async Task WithoutLibtorchItSaysHowToGetIt()
    {
        JsonElement info = await _client.GetFromJsonAsync<JsonElement>("/api/info");
        Assert.Equal("onnx", Assert.Single(info.GetProperty("backends").EnumerateArray()).GetProperty("name").GetString());
        Assert.Contains("-p:WithTorch=true", info.GetProperty("torchMissing").GetString(), StringComparison.Ordinal);
        using HttpResponseMessage answer = await _client.PostFile("/api/analyze", Files.Chests.Png(), ("backend", "torch"));
        Assert.Contains("-p:WithTorch=true", (await answer.ShouldBeProblem(400, "bad-request")).Detail, StringComparison.Ordinal);
    }
}
