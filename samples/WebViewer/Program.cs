// A web page and a JSON API over CxrNet. Research software, not a medical device.
//   dotnet run -c Release --project samples/WebViewer                      then open http://localhost:5080
//   eng/libstdcxx-shim.sh dotnet run -c Release -p:WithTorch=true --project samples/WebViewer       both engines
using CxrNet.WebViewer.Api;
using CxrNet.WebViewer.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddViewerOptions();      // limits, from appsettings.json, the environment or the command line
builder.AddModels();             // CxrNet-S and the lung segmenter, in ONNX Runtime and, where it is there, libtorch
builder.AddRequestLimits();      // size, number at once, time
builder.AddProblems();           // every error as RFC 9457 problem details
builder.AddTelemetry();          // OpenTelemetry, only where an OTLP endpoint is configured
builder.AddApiDescription();     // /openapi/v1.json

WebApplication app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages(Problems.WriteStatus);
app.UseSecurityHeaders();
app.UseOwnPagesOnly();           // another site's page cannot have this machine work
app.UseRateLimiter();
app.UseRequestTimeouts();

app.MapPage();                   // GET  /
app.MapInfo();                   // GET  /api/info
app.MapAnalysis();               // POST /api/analyze
app.MapImage();                  // POST /api/image
app.MapMap();                    // POST /api/map
app.MapPhantoms();               // GET  /api/phantoms/{finding}
app.MapHealth();                 // GET  /health
app.MapOpenApi();                // GET  /openapi/v1.json

app.WarmUp();
await app.RunAsync();
