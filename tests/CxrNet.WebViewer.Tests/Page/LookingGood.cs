using CxrNet.WebViewer.Tests.Files;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxrNet.WebViewer.Tests.Page;

/// <summary>Light and dark, wide and narrow: accessible by axe's rules, and with a picture in artifacts/viewer to be looked at.</summary>
public sealed class LookingGood(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 1024, 768)]
    public async Task HasNoSeriousViolation(ColorScheme scheme, int width, int height)
    {
        await using ViewerPage page = await chromium.Open(scheme, width, height);
        await NoneIn(page, "empty");
        await page.Drop(("chest.png", Chests.Png(side: 512)), ("letter.txt", "Dear colleague"u8.ToArray()));
        await page.Analyzed();
        await Expect(page.Browser.Locator("#file-list li.failed")).ToHaveCountAsync(1);
        await page.Browser.Locator(".facts summary").ClickAsync();
        await NoneIn(page, "with findings");
        await page.Browser.Locator(".facts summary").ClickAsync();
        await page.Browser.EvaluateAsync("() => { document.activeElement.blur(); for (const e of document.querySelectorAll('.panel')) e.scrollTop = 0; window.scrollTo(0, 0); }");
        await page.Screenshot($"{scheme}-{width}".ToLowerInvariant(), fullPage: width < 1200);

        await page.Browser.Locator(".file-open").Nth(1).ClickAsync();
        await Expect(page.Browser.Locator("#stage-note")).ToBeVisibleAsync();
        await NoneIn(page, "with an error");
        // Nothing sticks out: no scrolling sideways.
        Assert.True(await page.Browser.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task TheDarkPageIsDark()
    {
        await using ViewerPage light = await chromium.Open(ColorScheme.Light);
        await using ViewerPage dark = await chromium.Open(ColorScheme.Dark);
        Assert.True(await Luminance(light) > 200);
        Assert.True(await Luminance(dark) < 40);

        static Task<double> Luminance(ViewerPage page) =>
            page.Browser.EvaluateAsync<double>("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((sum, v) => sum + Number(v) / 3, 0)");
    }

    [Fact]
    public async Task ThePageSaysWhatItIsNot()
    {
        await using ViewerPage page = await chromium.Open();
        await Expect(page.Browser.Locator(".notice")).ToHaveTextAsync("Research software, not a medical device. It makes no diagnosis.");
    }

    private static async Task NoneIn(ViewerPage page, string state)
    {
        AxeResult result = await page.Browser.RunAxe();
        string[] violations = [.. result.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Select(n => n.Html))})")];
        Assert.True(violations.Length == 0, $"The page {state}:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}");
        Assert.NotEmpty(result.Passes);
    }
}
