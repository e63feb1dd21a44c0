using System.Collections.Concurrent;
using CxrNet.TestData;
using CxrNet.WebViewer.Tests.Files;
using Microsoft.Playwright;

namespace CxrNet.WebViewer.Tests.Page;

/// <summary>The page as somebody in front of it knows it; after every test it must have asked this server alone and complained of nothing.</summary>
public sealed class ViewerPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _errors = [];

    private ViewerPage(IPage page) => Browser = page;

    public IPage Browser { get; }

    public static async Task<ViewerPage> Open(IPage page)
    {
        ViewerPage opened = new(page);
        page.Request += (_, request) => opened._requests.Enqueue(request.Url);
        page.PageError += (_, error) => opened._errors.Enqueue(error);
        page.Console += (_, message) => opened.Hear(message);
        await page.GotoAsync("/");
        await page.Locator("html[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return opened;
    }

    /// <summary>Drops files on the page, as from a folder's window.</summary>
    public async Task Drop(params (string Name, byte[] Bytes)[] files)
    {
        await using IJSHandle transfer = await Browser.EvaluateHandleAsync(
            """
            (files) => {
              const transfer = new DataTransfer();
              for (const { name, base64 } of files) transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
              return transfer;
            }
            """,
            files.Select(f => new { name = f.Name, base64 = Convert.ToBase64String(f.Bytes) }).ToArray());
        await Browser.Locator("#stage").DispatchEventAsync("drop", new { dataTransfer = transfer });
    }

    /// <summary>Drops a drawn chest and waits for its findings and its picture.</summary>
    public async Task DropChest(PhantomClass kind = PhantomClass.Covid19, int side = 256)
    {
        await Drop(("chest.png", Chests.Png(kind, side)));
        await Analyzed();
    }

    /// <summary>Waits until the current image has its findings and is drawn, and nothing is being computed.</summary>
    public async Task Analyzed()
    {
        await Assertions.Expect(Browser.Locator(".finding")).ToHaveCountAsync(4, new() { Timeout = 60_000 });
        await Assertions.Expect(Browser.Locator("#working")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(Browser.Locator("#save")).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await Settled();
    }

    /// <summary>Waits until what was asked to be drawn is drawn.</summary>
    public Task Settled() => Browser.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");

    /// <summary>Writes down what a screen reader is told from now on, which the next words replace on the page.</summary>
    public Task Listen() => Browser.EvaluateAsync("() => { window.said = []; new MutationObserver(() => window.said.push(document.getElementById('announce').textContent)).observe(document.getElementById('announce'), { childList: true }); }");

    /// <summary>Waits until words with each of these beginnings were said since <see cref="Listen"/>.</summary>
    public Task Said(params string[] beginnings) =>
        Browser.WaitForFunctionAsync("(beginnings) => beginnings.every((beginning) => window.said.some((words) => words.startsWith(beginning)))", beginnings);

    /// <summary>The stage's pixels: red, green, blue, alpha, row by row.</summary>
    public async Task<StagePixels> Stage()
    {
        await Settled();
        string base64 = await Browser.EvaluateAsync<string>(
            """
            () => {
              const canvas = document.getElementById("canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              let text = "";
              for (let i = 0; i < data.length; i += 0x8000) text += String.fromCharCode(...data.subarray(i, i + 0x8000));
              return btoa(text);
            }
            """);
        return new StagePixels(Convert.FromBase64String(base64));
    }

    /// <summary>A picture of the page under artifacts/viewer, to be looked at.</summary>
    public Task Screenshot(string name, bool fullPage = false) =>
        Browser.ScreenshotAsync(new() { Path = Path.Combine(TestFolders.Repository, "artifacts", "viewer", name + ".png"), FullPage = fullPage });

    public async ValueTask DisposeAsync()
    {
        string origin = new Uri(Browser.Url).GetLeftPart(UriPartial.Authority);
        await Browser.Context.DisposeAsync();
        Assert.All(_requests, url => Assert.True(url.StartsWith(origin, StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), $"The page asked for {url}."));
        Assert.Empty(_errors);
    }

    // A problem of the server is heard of too, as "Failed to load resource": the tests that cause one look for its words on the page.
    private void Hear(IConsoleMessage message)
    {
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
        {
            _errors.Enqueue(message.Text);
        }
    }
}
