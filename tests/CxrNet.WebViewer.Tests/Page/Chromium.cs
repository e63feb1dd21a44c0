using System.Diagnostics;
using CxrNet.TestData;
using Microsoft.Playwright;

namespace CxrNet.WebViewer.Tests.Page;

/// <summary>One browser and one listening viewer for all tests of the page.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly ViewerServer _viewer = new(("Viewer:MaxFileBytes", "8000000"));
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    /// <summary>The page's address.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        (string? program, _missing) = Find();
        if (program is null)
        {
            return;
        }

        _viewer.UseKestrel(0);
        _viewer.StartServer();
        Address = _viewer.ClientOptions.BaseAddress;
        // A loaded machine takes its time.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        // Its sandbox wants a kernel and a user that containers seldom have; it only ever opens this server's page.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], Timeout = 120_000 });
    }

    /// <summary>The page, opened in a fresh profile.</summary>
    public async Task<ViewerPage> Open(ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        if (_browser is null)
        {
            Missing.Skip(_missing!);
        }

        IBrowserContext context = await _browser!.NewContextAsync(new() { BaseURL = Address.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height }, AcceptDownloads = true });
        context.SetDefaultTimeout(60_000);
        return await ViewerPage.Open(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await _viewer.DisposeAsync();
    }

    // The script installs one where that is possible; on Windows, without a shell for it, the variable has to name one.
    private static (string? Program, string Missing) Find()
    {
        if (OperatingSystem.IsWindows())
        {
            string? named = Environment.GetEnvironmentVariable("CXRNET_CHROMIUM");
            return (named, "CXRNET_CHROMIUM names no Chromium or Chrome.");
        }

        using Process script = Process.Start(new ProcessStartInfo(Path.Combine(TestFolders.Repository, "eng", "browser.sh")) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = script.StandardError.ReadToEndAsync();
        string output = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        return script.ExitCode == 0 ? (output.Split('\n')[^1], "") : (null, errors.Result.Trim().ReplaceLineEndings(" "));
    }
}
