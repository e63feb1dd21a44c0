using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace CxrNet.Benchmarks.Stages;

/// <summary>How far each contender of <see cref="GrayResizeRescale"/> is from its own filter computed in double precision; grey levels 0 … 1.</summary>
internal static class ResizeErrors
{
    private const int Side = 224;

    public static void Print()
    {
        foreach (Plane plane in GrayResizeRescale.Planes)
        {
            float[] triangle = new float[Side * Side];
            ScalarLoop.Run(plane.Image, triangle, Side, Side);
            float[] box = Box(plane.Image);
            CardInput input = new() { Width = Side, Height = Side };
            using InputTensor ours = InputTensor.FromDecoded([plane.Image], input);
            using InputTensor oursArea = InputTensor.FromDecoded([plane.Image], input with { Filter = ResizeFilter.Area });
            Print(plane, "CxrNet against the exact triangle", ours.Values.Span, triangle);
            Print(plane, "CxrNet (Area) against the exact box", oursArea.Values.Span, box);
            Print(plane, "OpenCV INTER_AREA against the exact box", OpenCv(plane.Image), box);
        }
    }

    private static void Print(Plane plane, string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> exact)
    {
        float[] difference = new float[actual.Length];
        TensorPrimitives.Subtract(actual, exact, difference);
        Console.WriteLine($"{plane}: {what}: greatest {Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)):E1}, mean {TensorPrimitives.SumOfMagnitudes<float>(difference) / difference.Length:E1}");
    }

    private static float[] OpenCv(DecodedImage image)
    {
        using Mat source = Mat.FromPixelData(Plane.Height, Plane.Width, image.Channels == 3 ? MatType.CV_8UC3 : image.Format == SampleFormat.UInt8 ? MatType.CV_8UC1 : MatType.CV_16UC1, image.Samples.ToArray());
        using Mat gray = image.Channels == 3 ? source.CvtColor(ColorConversionCodes.RGB2GRAY) : source.Clone();
        using Mat small = gray.Resize(new OpenCvSharp.Size(Side, Side), 0, 0, InterpolationFlags.Area);
        using Mat result = new();
        small.ConvertTo(result, MatType.CV_32F, image.Format == SampleFormat.UInt8 ? 1 / 255.0 : 1 / 65535.0);
        result.GetArray(out float[] values);
        return values;
    }

    private static float[] Box(DecodedImage image)
    {
        float[] result = new float[Side * Side];
        double across = (double)image.Width / Side, down = (double)image.Height / Side;
        double[] gray = Gray(image);
        for (int i = 0; i < result.Length; i++)
        {
            double left = i % Side * across, top = i / Side * down, sum = 0;
            for (int y = (int)top; y < Math.Min(image.Height, Math.Ceiling(top + down)); y++)
            {
                double height = Math.Min(top + down, y + 1) - Math.Max(top, y);
                for (int x = (int)left; x < Math.Min(image.Width, Math.Ceiling(left + across)); x++)
                {
                    sum += height * (Math.Min(left + across, x + 1) - Math.Max(left, x)) * gray[(y * image.Width) + x];
                }
            }

            result[i] = (float)(sum / (across * down));
        }

        return result;
    }

    private static double[] Gray(DecodedImage image)
    {
        byte[] samples = image.Samples.ToArray();
        return image switch
        {
            { Channels: 3 } => [.. Enumerable.Range(0, image.Width * image.Height).Select(i => ((0.299 * samples[3 * i]) + (0.587 * samples[(3 * i) + 1]) + (0.114 * samples[(3 * i) + 2])) / 255)],
            { Format: SampleFormat.UInt8 } => Array.ConvertAll(samples, v => v / 255.0),
            _ => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(samples).ToArray(), v => v / 65535.0),
        };
    }
}
