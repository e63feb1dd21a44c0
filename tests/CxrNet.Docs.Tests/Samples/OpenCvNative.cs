using System.Runtime.InteropServices;

namespace CxrNet.Docs.Tests;

/// <summary>OpenCV's native part, which is referenced for Linux and asks for GTK 3.</summary>
internal static class OpenCvNative
{
    private const string Gtk = "libgtk-3.so.0";

    private static readonly bool HasGtk = OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Gtk, out _);

    /// <summary>Skips a test where it cannot be loaded; where CI=true a missing GTK is a failure, since nothing is skipped silently there.</summary>
    public static void Require()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "OpenCV's native part is referenced for Linux.");
        string missing = $"OpenCV's native part needs {Gtk}, which is not installed (Debian, Ubuntu: apt install libgtk-3-0).";
        Assert.True(HasGtk || Environment.GetEnvironmentVariable("CI") != "true", missing);
        Assert.SkipUnless(HasGtk, missing);
    }
}
