using System.Collections.Concurrent;
using System.Text;
using CxrNet.WebViewer.Tests.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CxrNet.WebViewer.Tests.Api;

public sealed class SendingTelemetry(ViewerServer viewer)
{
    [Fact]
    public void WithoutACollectorNothingIsCollected()
    {
        Assert.Null(viewer.Services.GetService<TracerProvider>());
        Assert.Null(viewer.Services.GetService<MeterProvider>());
    }

    [Fact]
    public async Task ACollectorGetsTimesAndEnginesAndNothingOfTheFile()
    {
        ConcurrentDictionary<string, string> received = [];
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(signal, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();
        string address = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        using (ViewerServer measured = new(("OTEL_EXPORTER_OTLP_ENDPOINT", address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            using HttpClient client = measured.CreateClient();
            await client.Analyze(Chests.Dicom(patient: "QUIXOTE^ALONSO"), ("method", "hirescam"));
            Assert.True(measured.Services.GetRequiredService<TracerProvider>().ForceFlush(20_000));
            Assert.True(measured.Services.GetRequiredService<MeterProvider>().ForceFlush(20_000));
        }

        Assert.Contains("cxrnet-web-viewer", received["traces"], StringComparison.Ordinal);
        Assert.Contains("cxrnet.method", received["traces"], StringComparison.Ordinal);
        Assert.Contains("hirescam", received["traces"], StringComparison.Ordinal);
        Assert.Contains("cxrnet.viewer.analysis.duration", received["metrics"], StringComparison.Ordinal);
        Assert.All(received.Values, body => Assert.DoesNotContain("QUIXOTE", body, StringComparison.OrdinalIgnoreCase));
    }
}
