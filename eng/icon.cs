#!/usr/bin/env dotnet
#:project ../src/CxrNet.Imaging/CxrNet.Imaging.csproj
// Draws docs/images/icon.png, the icon of the packages: a chest phantom under an inferno glow in a round frame.
// Run in the repository's root: dotnet run -c Release eng/icon.cs
using CxrNet;
using SkiaSharp;

const int Side = 128;
ChestPhantom phantom = ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Seed = 7, Width = Side, Height = Side });

// The lesions' mask, softened, is the map: what a perfect network would show.
float[] glow = [.. phantom.Lesion.ToArray().Select(static inside => inside ? 1f : 0f)];
for (int pass = 0; pass < 3; pass++)
{
    glow = Blur(glow);
}

RgbImage picture = Overlay.Blend(phantom.Image, new Heatmap(Side, Side, glow, Side, Side));
using SKBitmap bitmap = new(Side, Side, SKColorType.Rgba8888, SKAlphaType.Unpremul);
for (int i = 0; i < Side * Side; i++)
{
    ReadOnlySpan<byte> rgb = picture.Rgb.AsSpan(3 * i, 3);
    bitmap.SetPixel(i % Side, i / Side, new SKColor(rgb[0], rgb[1], rgb[2]));
}

using SKSurface surface = SKSurface.Create(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Premul));
SKRoundRect frame = new(new SKRect(1, 1, Side - 1, Side - 1), 26);
surface.Canvas.Clear(SKColors.Transparent);
surface.Canvas.ClipRoundRect(frame, antialias: true);
surface.Canvas.DrawBitmap(bitmap, 0, 0);
using SKPaint line = new() { Style = SKPaintStyle.Stroke, StrokeWidth = 6, Color = new SKColor(0xF9, 0x8E, 0x09), IsAntialias = true };
surface.Canvas.DrawRoundRect(frame, line);
using SKImage image = surface.Snapshot();
using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
File.WriteAllBytes("docs/images/icon.png", png.ToArray());
Console.WriteLine($"docs/images/icon.png: {png.Size} bytes");

static float[] Blur(float[] from)
{
    float[] to = new float[from.Length];
    for (int y = 1; y < Side - 1; y++)
    {
        for (int x = 1; x < Side - 1; x++)
        {
            float sum = 0;
            for (int k = 0; k < 9; k++)
            {
                sum += from[((y + (k / 3) - 1) * Side) + x + (k % 3) - 1];
            }

            to[(y * Side) + x] = sum / 9;
        }
    }

    return to;
}
