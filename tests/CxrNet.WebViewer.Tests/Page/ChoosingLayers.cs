using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxrNet.WebViewer.Tests.Page;

public sealed class ChoosingLayers(Chromium chromium)
{
    [Fact]
    public async Task OpacityColoursAndTheLayersThemselvesChangeThePictureAlone()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        int requests = 0;
        page.Browser.Request += (_, _) => Interlocked.Increment(ref requests);
        StagePixels at65 = await page.Stage();

        await page.Browser.Locator("#opacity").FillAsync("100");
        StagePixels at100 = await page.Stage();
        Assert.True(at100.Colourfulness > 1.2 * at65.Colourfulness, $"{at65.Colourfulness:F1} at 65 %, {at100.Colourfulness:F1} at 100 %");
        await Expect(page.Browser.Locator("#opacity-value")).ToHaveTextAsync("100 %");

        await page.Browser.Locator("#colors").SelectOptionAsync("viridis");
        Assert.True((await page.Stage()).DifferenceFrom(at100) > 0.1);

        await page.Browser.Locator("#show-map").UncheckAsync();
        StagePixels withoutMap = await page.Stage();
        Assert.True(withoutMap.ContourPixels > 200);
        await page.Browser.Locator("#show-lungs").UncheckAsync();
        StagePixels plain = await page.Stage();
        Assert.Equal(0, plain.ContourPixels);
        Assert.Equal(0, plain.Colourfulness);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task AnotherMethodAndAnotherFindingGiveAnotherMap()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        await Expect(page.Browser.Locator("#target")).ToBeDisabledAsync();
        StagePixels network = await page.Stage();

        await page.Browser.Locator("#method").SelectOptionAsync("hirescam");
        await Expect(page.Browser.Locator("#legend-note")).ToContainTextAsync("Explains");
        await page.Analyzed();
        StagePixels top = await page.Stage();
        Assert.True(top.DifferenceFrom(network) > 0.05);

        // Which finding is on top is the model's business; another one is asked for.
        bool normal = (await page.Browser.Locator("#legend-note").InnerTextAsync()).Contains("Explains Normal", StringComparison.Ordinal);
        (string finding, string name) = normal ? ("covid19", "COVID-19") : ("normal", "Normal");
        await page.Browser.Locator("#target").SelectOptionAsync(finding);
        await Expect(page.Browser.Locator("#legend-note")).ToContainTextAsync($"Explains {name}.");
        await page.Analyzed();
        Assert.True((await page.Stage()).DifferenceFrom(top) > 0.02);
        await Expect(page.Browser.Locator("#stage")).ToHaveAttributeAsync("aria-label", $"Chest X-ray chest.png, with the map of {name}");
    }

    [Fact]
    public async Task AMethodChosenWhileTheImageIsAnalysedIsShownInTheEnd()
    {
        await using ViewerPage page = await chromium.Open();
        TaskCompletionSource held = new();
        await page.Browser.RouteAsync("**/api/analyze", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await page.Drop(("chest.png", Files.Chests.Png()));
        await page.Browser.Locator("#working").WaitForAsync();
        await page.Browser.Locator("#method").SelectOptionAsync("eigencam");
        await page.Browser.Locator("#method").SelectOptionAsync("hirescam");
        await page.Browser.Locator("#target").SelectOptionAsync("covid19");
        held.SetResult();
        await Expect(page.Browser.Locator("#legend-note")).ToContainTextAsync("Explains COVID-19.");
        await page.Analyzed();
    }

    [Fact]
    public async Task ASlowMethodCanBeStoppedAndTheScoresStand()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        await page.Browser.RouteAsync("**/api/analyze", _ => Task.Delay(Timeout.Infinite));
        await page.Browser.Locator("#method").SelectOptionAsync("rise");
        await page.Browser.Locator("#cancel").ClickAsync();
        await Expect(page.Browser.Locator("#working-text")).ToHaveTextAsync("Stopped.");
        await Expect(page.Browser.Locator(".finding")).ToHaveCountAsync(4);
        await page.Browser.Locator("#method").SelectOptionAsync("network");
        await Expect(page.Browser.Locator("#working")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task OtherOperatingPointsMoveTheMarks()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        string[] Marks(IReadOnlyList<string> texts) => [.. texts.Select(t => t.Trim())];
        string[] before = Marks(await page.Browser.Locator(".finding-point").AllTextContentsAsync());
        IReadOnlyList<string> rules = await page.Browser.Locator("#rule option").AllTextContentsAsync();
        Assert.True(rules.Count > 1, string.Join(", ", rules));
        string chosen = await page.Browser.Locator("#rule").InputValueAsync();
        await page.Browser.Locator("#rule").SelectOptionAsync(rules.First(r => r != chosen));
        Assert.NotEqual(before, Marks(await page.Browser.Locator(".finding-point").AllTextContentsAsync()));
    }

    [Fact]
    public async Task TheEnginesTimesAreShownAndWhatIsMissingIsSaid()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        ILocator engines = page.Browser.Locator("#engines");
        await Expect(engines.Locator("thead")).ToContainTextAsync("ONNX Runtime");
        await Expect(engines.Locator("tr.total td")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+(\.\d+)? (ms|s)$"));
        await Expect(engines).ToContainTextAsync("-p:WithTorch=true");
    }
}
