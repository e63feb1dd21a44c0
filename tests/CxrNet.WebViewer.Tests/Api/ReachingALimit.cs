using System.Net;
using CxrNet.WebViewer.Tests.Files;
using Microsoft.AspNetCore.Mvc;

namespace CxrNet.WebViewer.Tests.Api;

public sealed class ReachingALimit
{
    [Fact]
    public async Task AFileOfMoreBytesIsTooLarge()
    {
        using ViewerServer viewer = new(("Viewer:MaxFileBytes", "20000"));
        using HttpClient client = viewer.CreateClient();
        using HttpResponseMessage answer = await client.PostFile("/api/analyze", new byte[20_001]);
        Assert.Contains("20,000 bytes", (await answer.ShouldBeProblem(413, "too-large")).Detail, StringComparison.Ordinal);
        using HttpResponseMessage within = await client.PostFile("/api/analyze", new byte[20_000]);
        await within.ShouldBeProblem(422, "unreadable-file");
    }

    [Fact]
    public async Task ABodyFarOverTheLimitIsRefusedByTheServerItself()
    {
        using ViewerServer viewer = new(("Viewer:MaxFileBytes", "20000"));
        viewer.UseKestrel(0);
        using HttpClient client = viewer.CreateClient();
        // Without a length, so that only what arrives can be counted.
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/analyze") { Content = Posting.Form(new byte[400_000]) };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage answer = await client.SendAsync(request);
        await answer.ShouldBeProblem(413, "too-large");
    }

    [Fact]
    public async Task AnImageOfMorePixelsSaysHowManyItHas()
    {
        using ViewerServer viewer = new(("Viewer:MaxPixels", "10000"));
        using HttpClient client = viewer.CreateClient();
        using HttpResponseMessage answer = await client.PostFile("/api/analyze", Chests.Png(side: 128));
        ProblemDetails problem = await answer.ShouldBeProblem(422, "unreadable-file");
        Assert.Contains("128", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("10000", problem.Detail!.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneRequestMoreThanMayWaitIsToldToComeBack()
    {
        using ViewerServer viewer = new(("Viewer:MaxConcurrent", "1"), ("Viewer:MaxQueued", "0"));
        // A client that follows redirections reads the whole body before it sends any of it.
        using HttpClient client = viewer.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using HeldContent held = new(Posting.Form(Chests.Png(side: 1024)));
        Task<HttpResponseMessage> first = client.PostAsync("/api/analyze", held);
        await held.Started;

        using HttpResponseMessage second = await client.PostFile("/api/analyze", Chests.Png());
        await second.ShouldBeProblem(503, "busy");
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter?.Delta);
        // The page, its menus and the health are not behind the limit.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/info")).StatusCode);

        held.Release();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        using HttpResponseMessage third = await client.PostFile("/api/analyze", Chests.Png(), ("layers", "false"));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task RequestsThatMayWaitAreAllAnsweredAlike()
    {
        using ViewerServer viewer = new(("Viewer:MaxConcurrent", "2"), ("Viewer:MaxQueued", "8"));
        using HttpClient client = viewer.CreateClient();
        byte[] file = Chests.Png();
        System.Text.Json.JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Analyze(file, ("layers", "false"))));
        Assert.Single(answers.Select(a => a.GetProperty("findings").GetRawText()).Distinct());
    }

    [Fact]
    public async Task AMethodThatTakesLongerThanAllowedIsStopped()
    {
        using ViewerServer viewer = new(("Viewer:TimeoutSeconds", "1"));
        using HttpClient client = viewer.CreateClient();
        using HttpResponseMessage answer = await client.PostFile("/api/analyze", Chests.Png(), ("method", "rise"), ("target", "covid19"));
        Assert.Contains("TimeoutSeconds", (await answer.ShouldBeProblem(504, "too-slow")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Viewer:MaxConcurrent", "0")]
    [InlineData("Viewer:MaxFileBytes", "-1")]
    public void AnOptionOutOfRangeStopsTheStart(string name, string value)
    {
        using ViewerServer viewer = new((name, value));
        Exception error = Assert.ThrowsAny<Exception>(viewer.CreateClient);
        Assert.Contains(name.Split(':')[1], error.ToString(), StringComparison.Ordinal);
    }
}
