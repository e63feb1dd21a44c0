using CxrNet.TestData;
using CxrNet.WebViewer.Tests.Files;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxrNet.WebViewer.Tests.Page;

public sealed class OpeningFiles(Chromium chromium)
{
    [Theory]
    [InlineData("chest.png")]
    [InlineData("chest.jpg")]
    [InlineData("chest.dcm")]
    public async Task ADroppedFileIsDrawnWithItsFindings(string name)
    {
        await using ViewerPage page = await chromium.Open();
        await page.Drop((name, name switch { "chest.png" => Chests.Png(), "chest.jpg" => Chests.Jpeg(), _ => Chests.Dicom() }));
        await page.Analyzed();
        Assert.Equal(["Normal", "Bacterial pneumonia", "Viral pneumonia", "COVID-19"], await page.Browser.Locator(".finding-name").AllTextContentsAsync());
        await Expect(page.Browser.Locator(".finding-point").First).ToContainTextAsync("operating point");
        await Expect(page.Browser.Locator("#readout")).ToContainTextAsync("256 × 256 pixels");
        await Expect(page.Browser.Locator("#stage")).ToHaveAttributeAsync("aria-label", $"Chest X-ray {name}, with the map of the network");
        StagePixels stage = await page.Stage();
        Assert.True(stage.Colourfulness > 1, $"The map has no colour: {stage.Colourfulness:F2}");
        Assert.True(stage.ContourPixels > 200, $"The contour has {stage.ContourPixels} pixels.");
    }

    [Fact]
    public async Task ThePickerOpensSeveralFilesWithProgress()
    {
        await using ViewerPage page = await chromium.Open();
        await page.Browser.EvaluateAsync(
            """
            () => {
              window.seen = [];
              new MutationObserver(() => window.seen.push(document.getElementById("progress-text").textContent)).observe(document.getElementById("progress"), { subtree: true, childList: true });
            }
            """);
        await page.Browser.Locator("#picker").SetInputFilesAsync(
        [
            .. new[] { PhantomClass.Normal, PhantomClass.BacterialPneumonia, PhantomClass.Covid19 }.Select((kind, i) => new FilePayload { Name = $"{i}.png", MimeType = "image/png", Buffer = Chests.Png(kind) }),
            new FilePayload { Name = "letter.txt", MimeType = "text/plain", Buffer = "Dear colleague"u8.ToArray() },
        ]);
        await Expect(page.Browser.Locator("#file-list li.done")).ToHaveCountAsync(3);
        await Expect(page.Browser.Locator("#file-list li.failed")).ToHaveCountAsync(1);
        await Expect(page.Browser.Locator("#progress")).ToBeHiddenAsync();
        string[] seen = await page.Browser.EvaluateAsync<string[]>("() => window.seen");
        Assert.Contains("0 of 4 images analysed", seen);
        Assert.Contains("3 of 4 images analysed", seen);

        await page.Browser.Locator(".file-open").Nth(2).ClickAsync();
        await Expect(page.Browser.Locator("#stage")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("2\\.png"));
        await page.Browser.Locator("#clear").ClickAsync();
        await Expect(page.Browser.Locator("#file-list li")).ToHaveCountAsync(0);
        await Expect(page.Browser.Locator("#stage-empty")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("letter.txt", "known image format")]
    [InlineData("cut.png", "PNG")]
    [InlineData("large.png", "The file has 9 MB; this server takes 8 MB at most.")]
    public async Task ABadFileSaysWhatIsWrongWithIt(string name, string says)
    {
        await using ViewerPage page = await chromium.Open();
        await page.Drop((name, name switch { "cut.png" => Chests.Png()[..3000], "large.png" => new byte[9 << 20], _ => "Dear colleague"u8.ToArray() }));
        ILocator note = page.Browser.Locator("#stage-note");
        await Expect(note).ToBeVisibleAsync();
        await Expect(note).ToContainTextAsync(says);
        await Expect(page.Browser.Locator("#file-list li.failed")).ToHaveCountAsync(1);
        // Also said to whoever does not see it.
        await Expect(page.Browser.Locator("#alarm")).ToContainTextAsync(says);

        await page.DropChest();
        await Expect(note).ToBeHiddenAsync();
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerIsSaidAndTheFileCanBeTriedAgain()
    {
        await using ViewerPage page = await chromium.Open();
        await page.Browser.RouteAsync("**/api/a*", route => route.AbortAsync());
        await page.Drop(("chest.png", Chests.Png()));
        await Expect(page.Browser.Locator("#stage-note")).ToContainTextAsync("The server does not answer");
        await page.Browser.UnrouteAllAsync();
        await page.Browser.Locator(".file-open").ClickAsync();
        await page.Analyzed();
    }

    [Fact]
    public async Task ADrawnChestNeedsNoFile()
    {
        await using ViewerPage page = await chromium.Open();
        await page.Browser.Locator("#phantom").SelectOptionAsync("viral_pneumonia");
        await page.Browser.Locator("#draw").ClickAsync();
        await page.Analyzed();
        await Expect(page.Browser.Locator(".file-name")).ToHaveTextAsync("Phantom 1, Viral pneumonia");
    }

    [Theory]
    [InlineData("originals/covid19_hannover_b606e1d0.png")]
    [InlineData("originals/normal_kermany_IM-0521-0001.jpg")]
    public async Task ARealXRayIsReadToo(string file)
    {
        string path = TestFolders.RequireData(file);
        await using ViewerPage page = await chromium.Open();
        await page.Browser.Locator("#picker").SetInputFilesAsync(path);
        await page.Analyzed();
        await Expect(page.Browser.Locator(".verdict")).ToBeVisibleAsync();
        StagePixels stage = await page.Stage();
        Assert.True(stage.ContourPixels > 200, $"The contour has {stage.ContourPixels} pixels.");
    }
}
