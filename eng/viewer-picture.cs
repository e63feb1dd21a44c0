#!/usr/bin/env dotnet
#:package Microsoft.Playwright
#:property PublishAot=false
#:property IsPackable=false
// Takes docs/images/viewer.png of a running viewer with a drawn chest on its page.
//   dotnet run -c Release --project samples/WebViewer
//   dotnet run -c Release eng/viewer-picture.cs [address] [class of the chest]
using System.Diagnostics;
using Microsoft.Playwright;

string address = args.Length > 0 ? args[0] : "http://localhost:5080", drawn = args.Length > 1 ? args[1] : "covid19";
const string Picture = "docs/images/viewer.png";
using Process find = Process.Start(new ProcessStartInfo("eng/browser.sh") { RedirectStandardOutput = true })!;
string program = (await find.StandardOutput.ReadToEndAsync()).Trim().Split('\n')[^1];
using IPlaywright playwright = await Playwright.CreateAsync();
// Its sandbox wants a kernel and a user that containers seldom have; it opens the viewer's page alone.
await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
IPage page = await browser.NewPageAsync(new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1280, Height = 820 } });
await page.GotoAsync(address);
await page.Locator("html[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
await page.Locator("#phantom").SelectOptionAsync(drawn);
await page.Locator("#draw").ClickAsync();
await Assertions.Expect(page.Locator(".finding")).ToHaveCountAsync(4, new() { Timeout = 60_000 });
await Assertions.Expect(page.Locator("#working")).ToBeHiddenAsync(new() { Timeout = 60_000 });
await Assertions.Expect(page.Locator("#save")).ToBeEnabledAsync(new() { Timeout = 60_000 });
await page.ScreenshotAsync(new() { Path = Picture });
Console.WriteLine($"{Picture}: {new FileInfo(Picture).Length / 1024} KB");
