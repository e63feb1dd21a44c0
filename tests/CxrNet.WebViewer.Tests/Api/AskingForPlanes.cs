using System.Net;
using System.Net.Http.Headers;
using CxrNet.Imaging;
using CxrNet.WebViewer.Tests.Files;

namespace CxrNet.WebViewer.Tests.Api;

public sealed class AskingForPlanes(ViewerServer viewer)
{
    private readonly HttpClient _client = viewer.CreateClient();

    [Fact]
    public async Task TheImageAsAPictureHasTheImagesGreys()
    {
        GrayImage expected = Chests.Image();
        GrayImage picture = await Picture("/api/image");
        Assert.Equal((expected.Width, expected.Height), (picture.Width, picture.Height));
        for (int i = 0; i < expected.Pixels.Length; i++)
        {
            Assert.Equal(expected.Pixels[i], picture.Pixels[i], 1f / 255);
        }
    }

    [Fact]
    public async Task TheImageAsAnArrayHasSixteenBits()
    {
        byte[] array = await Array("/api/image");
        Assert.Contains("'descr': '<u2'", Header(array), StringComparison.Ordinal);
        Assert.Contains("(256, 256)", Header(array), StringComparison.Ordinal);
        ReadOnlySpan<byte> values = array.AsSpan(array.Length - (2 * 256 * 256));
        GrayImage expected = Chests.Image();
        for (int i = 0; i < expected.Pixels.Length; i++)
        {
            // The file has 8 bits or 16; its greys are the phantom's to half a step of 8.
            Assert.Equal(expected.Pixels[i], BitConverter.ToUInt16(values[(2 * i)..]) / 65535f, 0.5f / 255 + 1e-4f);
        }
    }

    [Fact]
    public async Task AnImageOfMoreThanTheDisplaySizeIsShrunk()
    {
        using ViewerServer small = new(("Viewer:DisplaySide", "256"));
        using HttpClient client = small.CreateClient();
        using HttpResponseMessage answer = await client.PostFile("/api/image", Chests.Png(side: 512));
        GrayImage shown = GrayConversion.ToGray(RadiographDecoder.Default.Decode(await answer.Content.ReadAsByteArrayAsync()));
        Assert.Equal((256, 256), (shown.Width, shown.Height));
    }

    [Fact]
    public async Task TheMapAsAPictureLiesOverTheXRay()
    {
        DecodedImage picture = RadiographDecoder.Default.Decode(await Bytes("/api/map", "image/png"));
        Assert.Equal((256, 256), (picture.Width, picture.Height));
    }

    // RISE has a floor below all pixels, which would colour each of them.
    [Fact]
    public async Task AMapWithAFloorLeavesTheXRayVisible()
    {
        byte[] rgb = RadiographDecoder.Default.Decode(await Bytes("/api/map", "image/png", ("method", "rise"), ("target", "covid19"))).Samples.ToArray();
        Assert.Contains(rgb.Chunk(3), static pixel => pixel.Max() - pixel.Min() <= 2 && pixel.Max() > 20);
    }

    [Fact]
    public async Task TheMapAsAnArrayHasTheImagesSize()
    {
        byte[] array = await Array("/api/map", ("method", "hirescam"), ("target", "covid19"));
        Assert.Contains("'descr': '<f4'", Header(array), StringComparison.Ordinal);
        Assert.Contains("(256, 256)", Header(array), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/image", "application/x-npy")]
    [InlineData("/api/map", "image/png")]
    public async Task WhoAsksForAnArrayOrAPictureIsToldWhatIsWrongToo(string path, string accept)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Posting.Form(Chests.Png()[..3000]) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using HttpResponseMessage answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("PNG", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APhantomIsTheLibrarysOwn()
    {
        byte[] file = await _client.GetByteArrayAsync("/api/phantoms/covid19?seed=3&side=128");
        Assert.Equal(Chests.Png(PhantomClass.Covid19, 128, 3), file);
    }

    private async Task<GrayImage> Picture(string path) => GrayConversion.ToGray(RadiographDecoder.Default.Decode(await Bytes(path, "image/png")));

    private Task<byte[]> Array(string path, params (string, string)[] fields) => Bytes(path, "application/x-npy", fields);

    private async Task<byte[]> Bytes(string path, string accept, params (string, string)[] fields)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = Posting.Form(Chests.Png(), fields) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using HttpResponseMessage answer = await _client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        Assert.Equal(accept, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static string Header(byte[] array) => System.Text.Encoding.Latin1.GetString(array, 10, BitConverter.ToUInt16(array, 8));
}
