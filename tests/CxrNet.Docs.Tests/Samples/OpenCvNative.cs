using System.Runtime.InteropServices;
using CxrNet.TestData;

namespace CxrNet.Docs.Tests;

/// <summary>OpenCV's native part, which is referenced for Linux and asks for GTK 3.</summary>
internal static class OpenCvNative
{
    private const string Gtk = "libgtk-3.so.0";

    private static readonly bool HasGtk = OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Gtk, out _);

    /// <summary>Skips a test where it cannot be loaded; where CI=true a missing GTK is a failure.</summary>
    public static void Require()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "OpenCV's native part is referenced for Linux.");
        if (!HasGtk)
        {
            Missing.Skip($"OpenCV's native part needs {Gtk}, which is not installed (Debian, Ubuntu: apt install libgtk-3-0).");
        }
    }
}
