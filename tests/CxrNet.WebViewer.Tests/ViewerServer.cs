using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CxrNet.WebViewer.Tests;

/// <summary>The viewer as it starts, with the options of a test.</summary>
/// <remarks>Without <see cref="WebApplicationFactory{T}.UseKestrel()"/> its requests stay in this process; with it, it listens on a free port.</remarks>
public class ViewerServer : WebApplicationFactory<Program>
{
    private readonly (string Name, string Value)[] _options;

    public ViewerServer()
        : this([])
    {
    }

    internal ViewerServer(params (string Name, string Value)[] options) => _options = options;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // As users start it; the factory's own default is development, where ASP.NET says more.
        builder.UseEnvironment("Production");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        // Two cores and several servers: the engines' threads would only wait for each other.
        builder.UseSetting("Viewer:Threads", "1");
        foreach ((string name, string value) in _options)
        {
            builder.UseSetting(name, value);
        }
    }
}
