#!/usr/bin/env dotnet
#:project ../src/CxrNet/CxrNet.csproj
#:property PublishAot=false
// How fast a running viewer answers a drawn 2000 x 2000 PNG: one request for findings, lungs and map, and what the page sends,
// that request and the 16-bit image at once. Medians and extremes of some rounds, taken in turn.
//   dotnet run -c Release --project samples/WebViewer
//   dotnet run -c Release eng/viewer-speed.cs [address] [rounds]
using System.Diagnostics;
using System.Text.Json;
using CxrNet;
using CxrNet.Imaging;

string address = args.Length > 0 ? args[0] : "http://localhost:5080";
int rounds = args.Length > 1 ? int.Parse(args[1]) : 15;
const int Side = 2000;

using MemoryStream png = new();
PngFile.Write(png, ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Width = Side, Height = Side }).Image);
byte[] file = png.ToArray();
using HttpClient client = new() { BaseAddress = new Uri(address) };
List<double> alone = [], page = [], server = [];
await Post("api/analyze", "application/json");
for (int round = 0; round < rounds; round++)
{
    long started = Stopwatch.GetTimestamp();
    using JsonDocument answer = JsonDocument.Parse(await Post("api/analyze", "application/json"));
    alone.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    server.Add(answer.RootElement.GetProperty("timingsMs").GetProperty("elapsed").GetDouble());

    started = Stopwatch.GetTimestamp();
    await Task.WhenAll(Post("api/analyze", "application/json"), Post("api/image", "application/x-npy"));
    page.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
}

Console.WriteLine($"{Side} x {Side} PNG of {file.Length / 1048576.0:F1} MiB, {rounds} rounds, {Environment.ProcessorCount} processors");
Print("findings, lungs and map", alone);
Print("  of that inside the server", server);
Print("the page's two requests", page);

async Task<byte[]> Post(string path, string accept)
{
    using MultipartFormDataContent form = new() { { new ByteArrayContent(file), "file", "image" } };
    using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = form };
    request.Headers.Add("Accept", accept);
    using HttpResponseMessage answer = await client.SendAsync(request);
    return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
}

static void Print(string what, List<double> times)
{
    times.Sort();
    Console.WriteLine(FormattableString.Invariant($"{what,-28}{times[times.Count / 2],8:F0} ms median, {times[0]:F0} to {times[^1]:F0} ms"));
}
