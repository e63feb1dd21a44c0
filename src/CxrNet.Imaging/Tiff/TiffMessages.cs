using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace CxrNet.Imaging;

/// <summary>What LibTiff.Net says while it reads: collected for the error, never printed.</summary>
/// <remarks>The library knows one handler for the whole process, whose default writes to the console. This one keeps what concerns its own files and hands everything else to the handler that was there before, the application's own use of the library included.</remarks>
internal sealed class TiffMessages : TiffErrorHandler
{
    private static readonly TiffMessages Instance = new();
    private static readonly TiffErrorHandler? Before = Tiff.SetErrorHandler(Instance);

    /// <summary>Opens a file for which nothing is printed.</summary>
    /// <returns>The file, or null where the library refuses it; the first complaint is in <paramref name="complaint"/>.</returns>
    public static Tiff? Open(TiffStream stream, Complaint complaint)
    {
        _ = Before;
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
            Before?.ErrorHandlerExt(tif, clientData, method, format, args);
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
            Before?.WarningHandlerExt(tif, clientData, method, format, args);
        }
    }

    public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
    {
        if (tif?.Clientdata() is not Complaint)
        {
            Before?.ErrorHandler(tif, method, format, args);
        }
    }

    public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
    {
        if (tif?.Clientdata() is not Complaint)
        {
            Before?.WarningHandler(tif, method, format, args);
        }
    }

    /// <summary>The first thing that the library complained about in one file.</summary>
    internal sealed class Complaint
    {
        public string? Text { get; set; }
    }
}
