using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace CxrNet.Imaging;

/// <summary>What LibTiff.Net says while it reads: collected for the error, never printed.</summary>
/// <remarks>The library knows one handler for the whole process, whose default writes to the console. This one keeps what concerns its own files and hands everything else to the handler that was there before, the application's own use of the library included.</remarks>
internal sealed class TiffMessages : TiffErrorHandler
{
    private static readonly TiffMessages Instance = new();
    private static readonly Lock Installing = new();

    // The one that was there when this was first set, the library's own as a rule, and the one that another file's messages go to now.
    private static readonly TiffErrorHandler? First = Tiff.SetErrorHandler(Instance);
    private static TiffErrorHandler? _before = First;

    // How often the messages of this thread have come back here while they were handed on.
    [ThreadStatic]
    private static int _depth;

    /// <summary>Opens a file for which nothing is printed.</summary>
    /// <returns>The file, or null where the library refuses it; the first complaint is in <paramref name="complaint"/>.</returns>
    public static Tiff? Open(TiffStream stream, Complaint complaint)
    {
        Install();
        return Tiff.ClientOpen("TIFF", "rc", complaint, stream);
    }

    public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
    {
        if (clientData is Complaint complaint)
        {
            complaint.Text ??= string.Format(CultureInfo.InvariantCulture, format, args);
        }
        else
        {
            HandOn(to => to.ErrorHandlerExt(tif, clientData, method, format, args));
        }
    }

    public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
    {
        if (clientData is Complaint complaint)
        {
            // An LZW stream that ends early is a warning to the library, which then leaves the rest of the picture black.
            complaint.Text ??= format.Contains("Not enough data", StringComparison.Ordinal) ? string.Format(CultureInfo.InvariantCulture, format, args) : null;
        }
        else
        {
            HandOn(to => to.WarningHandlerExt(tif, clientData, method, format, args));
        }
    }

    public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
    {
        if (tif?.Clientdata() is not Complaint)
        {
            HandOn(to => to.ErrorHandler(tif!, method, format, args));
        }
    }

    public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
    {
        if (tif?.Clientdata() is not Complaint)
        {
            HandOn(to => to.WarningHandler(tif!, method, format, args));
        }
    }

    // Before every file: an application that has set its own handler since would otherwise get the complaint, and a cut picture would pass.
    private static void Install()
    {
        lock (Installing)
        {
            if (Tiff.SetErrorHandler(Instance) is var found && !ReferenceEquals(found, Instance))
            {
                _before = found;
            }
        }
    }

    // An application's handler may hand on to the one that it found, which can be this one: what comes back goes to the first, what comes back again to none.
    private static void HandOn(Action<TiffErrorHandler> message)
    {
        TiffErrorHandler? to = _depth switch { 0 => Volatile.Read(ref _before), 1 => First, _ => null };
        if (to is null)
        {
            return;
        }

        _depth++;
        try
        {
            message(to);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>The first thing that the library complained about in one file.</summary>
    internal sealed class Complaint
    {
        public string? Text { get; set; }
    }
}
