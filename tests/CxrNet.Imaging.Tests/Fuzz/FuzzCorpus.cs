using CxrNet.Imaging.Tests.Dicom;
using CxrNet.Imaging.Tests.Tiff;
using CxrNet.TestData;
using SkiaSharp;

namespace CxrNet.Imaging.Tests.Fuzz;

/// <summary>Small valid files to damage: made here, so that a seed means the same everywhere; real ones are added only for the long run.</summary>
internal static class FuzzCorpus
{
    public static IReadOnlyList<byte[]> Own(string format) => format switch
    {
        "dicom" => Dicom(),
        "png" => Png(),
        "tiff" => Tiff(),
        _ => Jpeg(),
    };

    /// <summary>The golden DICOM files up to 20 KB; empty where they are not there.</summary>
    public static IReadOnlyList<byte[]> Real()
    {
        string folder = Path.Combine(TestFolders.Golden ?? "", "dicom");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(b => b.Length is > 0 and < 20_000)]
            : [];
    }

    private static List<byte[]> Dicom()
    {
        byte[] pixels = [.. Enumerable.Range(0, 96).Select(i => (byte)(i % 16))];
        byte[] rle = new byte[64];
        (rle[0], rle[4], rle[8]) = (2, 64, 68);
        byte[] rleFrame = [.. rle, 209, 1, 209, 2, 0xD1, 5];
        TestDicom lut = new TestDicom().Short(0x0028_3002, 16, 0, 16).Value(0x0028_3006, "OW", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        return
        [
            TestDicom.Grey(8, 6, 12, pixels, TestDicom.ImplicitLittle).Text(0x0008_0060, "CS", "DX").Text(0x0028_1050, "DS", "40\\50").Text(0x0028_1051, "DS", "400\\500").File(),
            TestDicom.Grey(8, 6, 12, pixels).Sequence(0x0028_3010, lut).Sequence(0x0028_3000, lut).Text(0x0028_1053, "DS", "0.5").File(),
            TestDicom.Grey(8, 6, 12, pixels, TestDicom.ExplicitBig).Short(0x0028_0103, 1).File(),
            TestDicom.Grey(8, 6, 12, pixels, TestDicom.Deflated).File(),
            TestDicom.Grey(8, 6, 16, rleFrame, TestDicom.Rle).File(),
            TestDicom.Grey(40, 24, 8, Pictures.Jpeg(40, 24, SKColorType.Gray8), TestDicom.JpegBaseline).File(),
            TestDicom.Grey(40, 24, 8, Pictures.Jpeg(40, 24, SKColorType.Rgba8888), TestDicom.JpegBaseline).Short(0x0028_0002, 3).Text(0x0028_0004, "CS", "YBR_FULL_422").File(),
            TestDicom.Grey(8, 4, 8, pixels).Short(0x0028_0002, 3).Text(0x0028_0004, "CS", "RGB").Short(0x0028_0006, 1).File(),
            TestDicom.Grey(4, 4, 8, pixels).Text(0x0028_0008, "IS", "6").Short(0x6000_0010, 4).Short(0x6000_0011, 4).Short(0x6000_0050, 1, 1).Value(0x6000_3000, "OW", [1, 2]).File(),
            TestDicom.Grey(8, 6, 8, pixels).Text(0x0028_0004, "CS", "PALETTE COLOR").Short(0x0028_1101, 16, 0, 16).Short(0x0028_1102, 16, 0, 16).Short(0x0028_1103, 16, 0, 16)
                .Value(0x0028_1201, "OW", pixels[..32]).Value(0x0028_1202, "OW", pixels[..32]).Value(0x0028_1203, "OW", pixels[..32]).File(),
            TestDicom.Grey(8, 6, 12, pixels, TestDicom.ImplicitLittle).Text(0x0008_0060, "CS", "DX").DataSet(),
            TestDicom.Grey(4, 4, 8, pixels).Text(0x0028_0008, "IS", "6").Sequence(0x5200_9229, Group("2")).Sequence(0x5200_9230, Group("3"), Group("4")).File(),
        ];
    }

    private static TestDicom Group(string slope) => new TestDicom().Sequence(0x0028_9145, new TestDicom().Text(0x0028_1052, "DS", "-5").Text(0x0028_1053, "DS", slope));

    private static List<byte[]> Png()
    {
        byte[] rows = [.. Enumerable.Range(0, 9).SelectMany(y => new[] { (byte)(y % 5) }.Concat(Enumerable.Range(0, 64).Select(x => (byte)((x * 7) ^ y))))];
        return
        [
            Pictures.Png(64, 9, 8, 0, rows), Pictures.Png(32, 9, 16, 0, rows), Pictures.Png(512, 9, 1, 0, rows), Pictures.Png(128, 9, 4, 0, rows), Pictures.Png(16, 9, 8, 6, rows),
            Pictures.Png(8, 9, 16, 6, rows), Pictures.Png(32, 9, 8, 4, rows), Pictures.Png(64, 9, 8, 3, rows, palette: rows[..300], transparency: [0, 1]), Pictures.Png(7, 9, 8, 0, rows, interlaced: true),
            Pictures.WithPngOrientation(Pictures.Png(64, 9, 8, 0, rows), 6),
        ];
    }

    private static List<byte[]> Tiff()
    {
        byte[] bytes = [.. Enumerable.Range(0, 192).Select(i => (byte)((i * 5) ^ (i >> 3)))];
        return
        [
            TestTiff.Grey(16, 12, 8, bytes).File(), TestTiff.Grey(12, 8, 16, bytes, bigEndian: true).Tag(262, 0).File(), TestTiff.Grey(16, 12, 8, TestTiff.LzwLiterals(bytes), TestTiff.Lzw).Tag(317, 2).File(),
            TestTiff.Grey(12, 8, 16, TestTiff.Zlib(bytes), TestTiff.Deflate).Tag(317, 2).File(), TestTiff.Grey(16, 8, 8, [127, .. bytes[..128]], TestTiff.PackBits).File(), TestTiff.Grey(16, 12, 8, []).Tag(278, 5).Strips(bytes[..80], bytes[80..160], bytes[160..]).File(),
            TestTiff.Grey(16, 16, 8, []).Tiles(16, 16, [.. bytes, .. bytes[..64]]).File(), TestTiff.Grey(8, 6, 8, bytes).Tag(258, 8, 8, 8, 8).Tag(262, 2).Tag(277, 4).Tag(338, 2).Tag(274, 6).File(),
            TestTiff.File(TestTiff.Grey(4, 4, 8, bytes[..16]), TestTiff.Grey(4, 4, 8, bytes[16..32])),
        ];
    }

    private static List<byte[]> Jpeg() =>
    [
        Pictures.Jpeg(40, 24, SKColorType.Gray8), Pictures.Jpeg(33, 17, SKColorType.Rgba8888, 60), Pictures.WithExifOrientation(Pictures.Jpeg(24, 40, SKColorType.Gray8, 50), 6),
        Pictures.JpegWithWhiteCorner(64, 32),
    ];
}
