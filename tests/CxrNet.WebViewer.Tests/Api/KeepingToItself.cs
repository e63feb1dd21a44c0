using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using CxrNet.WebViewer.Tests.Files;

namespace CxrNet.WebViewer.Tests.Api;

/// <summary>Nothing is stored, nothing leaves the machine, and no other site's page can use it.</summary>
public sealed class KeepingToItself(ViewerServer viewer)
{
    private static readonly string TemporaryFiles = Directory.CreateTempSubdirectory("cxrnet-viewer-").FullName;
    private readonly HttpClient _client = viewer.CreateClient();

    // Where the framework would put large uploads; it reads the variable once.
    [ModuleInitializer]
    internal static void WatchTemporaryFiles()
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_TEMP", TemporaryFiles);
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Directory.Delete(TemporaryFiles, recursive: true);
    }

    [Fact]
    public async Task AnUploadIsNeverWrittenToDisk()
    {
        ConcurrentQueue<string> written = [];
        using FileSystemWatcher watcher = new(TemporaryFiles) { EnableRaisingEvents = true };
        watcher.Created += (_, e) => written.Enqueue(e.FullPath);
        byte[] file = Chests.Png(side: 1024);
        Assert.True(file.Length > 128 << 10, $"{file.Length} bytes would be buffered in memory by anybody.");
        await _client.Analyze(file);
        await File.WriteAllTextAsync(Path.Combine(TemporaryFiles, "last"), "");
        Assert.True(SpinWait.SpinUntil(() => !written.IsEmpty, TimeSpan.FromSeconds(20)));
        Assert.Equal("last", Path.GetFileName(Assert.Single(written)));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/js/main.js")]
    [InlineData("/api/info")]
    [InlineData("/api/nothing")]
    [InlineData("/health")]
    [InlineData("/openapi/v1.json")]
    public async Task EveryAnswerSaysThatNothingIsLoadedFromElsewhereOrCached(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(path);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
    }

    [Theory]
    [InlineData("cross-site", "/api/analyze")]
    [InlineData("same-site", "/api/analyze")]
    [InlineData("cross-site", "/API/Analyze")]
    [InlineData("cross-site", "/health")]
    public async Task AnotherSitesPageIsRefused(string site, string path)
    {
        using HttpRequestMessage request = new(path == "/health" ? HttpMethod.Get : HttpMethod.Post, path) { Content = path == "/health" ? null : Posting.Form(Chests.Png()) };
        request.Headers.Add("Sec-Fetch-Site", site);
        using HttpResponseMessage answer = await _client.SendAsync(request);
        await answer.ShouldBeProblem(403, "foreign-page");
    }

    [Fact]
    public async Task AnotherHostsNameIsRefused()
    {
        // A name of a foreign page that resolves to this machine: DNS rebinding.
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/info");
        request.Headers.Host = "evil.example";
        using HttpResponseMessage answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
