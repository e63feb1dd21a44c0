using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace CxrNet.Imaging.Tests.Tiff;

// Alone: the library has one handler for the whole process, and other tests decode damaged files too.
[CollectionDefinition(nameof(SharingTheLibrary), DisableParallelization = true)]
[Collection(nameof(SharingTheLibrary))]
public sealed class SharingTheLibrary
{
    [Fact]
    public void AHandlerThatAnApplicationSetsLaterHidesNoCutPictureAndHearsOfItsOwnFilesAlone()
    {
        byte[] packed = TestTiff.LzwLiterals([.. Enumerable.Range(0, 100).Select(static i => (byte)(i * i))]);
        byte[] whole = TestTiff.Grey(10, 10, 8, packed, TestTiff.Lzw).File(), cut = TestTiff.Grey(10, 10, 8, packed[..^30], TestTiff.Lzw).File();
        Assert.Equal(10, RadiographDecoder.Default.Decode(whole).Width);

        Application application = new();
        application.Found = LibTiff.SetErrorHandler(application);
        TextWriter error = Console.Error;
        try
        {
            Console.SetError(TextWriter.Null);
            Assert.Contains("is damaged", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(cut)), StringComparison.Ordinal);
            Assert.Equal(0, application.Messages);

            // It hands on to the handler that it found, which hands on to it.
            using MemoryStream noTiff = new(new byte[16]);
            Assert.Null(LibTiff.ClientOpen("application", "r", noTiff, new TiffStream()));
            Assert.Equal(1, application.Messages);
        }
        finally
        {
            Console.SetError(error);
            LibTiff.SetErrorHandler(application.Found);
        }
    }

    private sealed class Application : TiffErrorHandler
    {
        public TiffErrorHandler? Found { get; set; }

        public int Messages { get; private set; }

        public override void ErrorHandler(LibTiff tif, string method, string format, params object[] args)
        {
            Messages++;
            Found?.ErrorHandler(tif, method, format, args);
        }

        public override void ErrorHandlerExt(LibTiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(LibTiff tif, string method, string format, params object[] args) => Messages++;
    }
}
