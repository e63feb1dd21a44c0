using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxrNet.WebViewer.Tests.Page;

public sealed class MovingTheImage(Chromium chromium)
{
    [Fact]
    public async Task TheWheelZoomsAndTheMousePans()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        StagePixels fitted = await page.Stage();
        string before = await page.Browser.Locator("#zoom").TextContentAsync() ?? "";
        LocatorBoundingBoxResult box = (await page.Browser.Locator("#stage").BoundingBoxAsync())!;
        (float x, float y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Browser.Mouse.MoveAsync(x, y);
        await page.Browser.Mouse.WheelAsync(0, -400);
        await Expect(page.Browser.Locator("#zoom")).Not.ToHaveTextAsync(before);
        StagePixels zoomed = await page.Stage();
        Assert.True(zoomed.DifferenceFrom(fitted) > 0.2);

        await page.Browser.Mouse.DownAsync();
        await page.Browser.Mouse.MoveAsync(x + 120, y + 60, new() { Steps = 3 });
        await page.Browser.Mouse.UpAsync();
        Assert.True((await page.Stage()).DifferenceFrom(zoomed) > 0.2);
        await Expect(page.Browser.Locator("#readout")).ToContainTextAsync("grey");

        await page.Browser.Locator("#zoom-fit").ClickAsync();
        await Expect(page.Browser.Locator("#zoom")).ToHaveTextAsync(before);
        await page.Browser.Locator("#zoom-one").ClickAsync();
        await Expect(page.Browser.Locator("#zoom")).ToHaveTextAsync("100 %");
    }

    [Fact]
    public async Task LevelWindowAndInversionChangeTheGreys()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        await page.Browser.Locator("#show-map").UncheckAsync();
        await page.Browser.Locator("#show-lungs").UncheckAsync();
        double before = (await page.Stage()).Brightness;
        await page.Browser.Locator("#level").FillAsync("20");
        double brighter = (await page.Stage()).Brightness;
        Assert.True(brighter > before + 20, $"{before:F0}, then {brighter:F0}");
        await page.Browser.Locator("#invert").CheckAsync();
        Assert.Equal(255 - brighter, (await page.Stage()).Brightness, 3.0);
        await page.Browser.Locator("#window-reset").ClickAsync();
        Assert.Equal(before, (await page.Stage()).Brightness, 0.5);

        await page.Browser.Locator("input[name=drag][value=window]").CheckAsync();
        LocatorBoundingBoxResult box = (await page.Browser.Locator("#stage").BoundingBoxAsync())!;
        await page.Browser.Mouse.MoveAsync(box.X + 100, box.Y + 300);
        await page.Browser.Mouse.DownAsync();
        await page.Browser.Mouse.MoveAsync(box.X + 100, box.Y + 100, new() { Steps = 3 });
        await page.Browser.Mouse.UpAsync();
        Assert.NotEqual("50 %", await page.Browser.Locator("#level-value").TextContentAsync());
        await page.Browser.Locator("#window-auto").ClickAsync();
        Assert.NotEqual("100 %", await page.Browser.Locator("#width-value").TextContentAsync());
    }

    [Fact]
    public async Task WhatIsSeenCanBeSavedAtTheImagesSize()
    {
        await using ViewerPage page = await chromium.Open();
        await page.DropChest();
        IDownload download = await page.Browser.RunAndWaitForDownloadAsync(() => page.Browser.Locator("#save").ClickAsync());
        Assert.Equal("chest.view.png", download.SuggestedFilename);
        byte[] picture = await File.ReadAllBytesAsync(await download.PathAsync());
        DecodedImage decoded = Imaging.RadiographDecoder.Default.Decode(picture);
        Assert.Equal((256, 256), (decoded.Width, decoded.Height));
    }
}
