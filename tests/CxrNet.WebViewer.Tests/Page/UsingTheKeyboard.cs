using CxrNet.WebViewer.Tests.Files;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxrNet.WebViewer.Tests.Page;

/// <summary>From opening to another finding without a mouse.</summary>
public sealed class UsingTheKeyboard(Chromium chromium)
{
    [Fact]
    public async Task EverythingIsReachedWithTabInTheOrderOfThePage()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        await page.Browser.Locator("#method").SelectOptionAsync("hirescam");
        await page.Analyzed();
        await page.Browser.EvaluateAsync("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");
        List<string> reached = [];
        for (int i = 0; i < 40; i++)
        {
            await page.Browser.Keyboard.PressAsync("Tab");
            reached.Add(await page.Browser.EvaluateAsync<string>("() => { const e = document.activeElement; return e.id || e.name || e.className || e.tagName; }"));
        }

        string[] expected = ["skip", "picker", "phantom", "draw", "file-open", "file-close", "drag", "zoom-out", "zoom-in", "zoom-fit", "zoom-one", "save", "level", "width", "window-auto", "window-reset", "invert", "stage", "rule", "show-map", "show-lungs", "method", "target", "opacity", "colors"];
        // The rest, in between and after, is what opens details; focus starts where the last element was.
        int start = reached.IndexOf("skip");
        Assert.True(start >= 0, string.Join(", ", reached));
        Assert.Equal(expected, reached.Skip(start).Where(expected.Contains).Distinct());
    }

    [Fact]
    public async Task TheStagesKeysDoWhatTheirListSays()
    {
        await using ViewerPage page = await chromium.Open();
        IPage browser = page.Browser;
        await page.Listen();
        await page.Drop(("first.png", Chests.Png()), ("second.png", Chests.Png(PhantomClass.Normal)));
        await page.Analyzed();

        // Or the second's result would be said in place of what a key did.
        await page.Said("first.png: ", "second.png: ");
        await browser.Locator("#stage").FocusAsync();
        string fitted = await browser.Locator("#zoom").TextContentAsync() ?? "";

        await browser.Keyboard.PressAsync("+");
        await Expect(browser.Locator("#announce")).ToContainTextAsync("Zoom");
        StagePixels zoomed = await page.Stage();
        await browser.Keyboard.PressAsync("ArrowLeft");
        Assert.True((await page.Stage()).DifferenceFrom(zoomed) > 0.1);
        await browser.Keyboard.PressAsync("0");
        await Expect(browser.Locator("#zoom")).ToHaveTextAsync(fitted);

        await browser.Keyboard.PressAsync("m");
        await Expect(browser.Locator("#show-map")).Not.ToBeCheckedAsync();
        await Expect(browser.Locator("#announce")).ToHaveTextAsync("Map off");
        await browser.Keyboard.PressAsync("l");
        await Expect(browser.Locator("#show-lungs")).Not.ToBeCheckedAsync();
        await browser.Keyboard.PressAsync("]");
        await Expect(browser.Locator("#opacity-value")).ToHaveTextAsync("70 %");
        await browser.Keyboard.PressAsync("i");
        await Expect(browser.Locator("#invert")).ToBeCheckedAsync();
        await browser.Keyboard.PressAsync("Shift+ArrowUp");
        await Expect(browser.Locator("#level-value")).Not.ToHaveTextAsync("50 %");
        await browser.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(browser.Locator("#width-value")).Not.ToHaveTextAsync("100 %");
        await browser.Keyboard.PressAsync("PageDown");
        await Expect(browser.Locator("#stage")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("second\\.png"));
    }

    [Fact]
    public async Task ResultsAreSaidToAScreenReader()
    {
        await using ViewerPage page = await chromium.Open();
        await page.Listen();
        await page.DropChest();
        await page.Said("chest.png: ");
        Assert.Contains("1 file opened.", await page.Browser.EvaluateAsync<string[]>("() => window.said"));
    }
}
