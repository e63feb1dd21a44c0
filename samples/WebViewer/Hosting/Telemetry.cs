using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CxrNet.WebViewer.Hosting;

/// <summary>Traces and metrics over OTLP where the environment names an endpoint; otherwise nothing is collected and nothing leaves the machine.</summary>
/// <remarks>They hold times, sizes, methods and engines: no pixel, no file name, no result.</remarks>
internal static class Telemetry
{
    /// <summary>The standard variable, https://opentelemetry.io/docs/specs/otel/protocol/exporter/; protocol and headers have theirs.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ViewerMetrics>();
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("cxrnet-web-viewer"))
            .WithTracing(static tracing => tracing.AddSource("CxrNet*").AddAspNetCoreInstrumentation())
            .WithMetrics(static metrics => metrics.AddMeter("CxrNet*").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .UseOtlpExporter();
    }
}
