using CxrNet.Benchmarks.Stages;

namespace CxrNet.Benchmarks;

/// <summary>Bytes that each kernel allocates per call, counted on its own thread: MemoryDiagnoser counts the whole process, and a few bytes of its own are spread over the calls.</summary>
internal static class Allocations
{
    private const int Width = Plane.Width, Height = Plane.Height, Side = 224, Calls = 20;

    public static void Print()
    {
        DecodedImage bytes = Plane.Gray8().Image, words = Plane.Gray16().Image, color = Plane.Color8().Image;
        byte[] mask = [.. bytes.Samples.ToArray().Select(v => v > 140 ? (byte)1 : (byte)0)], result = new byte[mask.Length];
        float[] gray = new float[mask.Length], small = new float[Side * Side], map = new float[Side * Side];
        int[] labels = new int[mask.Length];
        ClaheOptions clahe = new();
        CardInput input = new() { Width = Side, Height = Side };
        Show("samples to grey, 8 bits", () => GrayConversion.ToGray(bytes, gray));
        Show("samples to grey, 16 bits", () => GrayConversion.ToGray(words, gray));
        Show("samples to grey, colour", () => GrayConversion.ToGray(color, gray));
        foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
        {
            Show($"resize to {Side} x {Side}, {filter}", () => Resizer.Resize(gray, Width, Height, small, Side, Side, filter));
        }

        Show("enlarge a map", () => Resizer.Resize(map, Side, Side, gray, Width, Height, ResizeFilter.Bilinear));
        Show("CLAHE", () => Clahe.Apply(bytes.Samples.Span, Width, Height, result, clahe));
        Show("threshold", () => MaskThreshold.Apply(gray, 0.5f, result));
        Show("label", () => ConnectedComponents.Label(mask, Width, Height, Connectivity.Eight, labels));
        Show("largest parts", () => LargestComponents.Keep(mask, Width, Height, 2, Connectivity.Eight, result));
        Show("fill holes", () => HoleFilling.Fill(mask, Width, Height, Connectivity.Four, result));
        Show("remove small parts", () => SmallParts.Remove(mask, Width, Height, 100, Connectivity.Eight, result));
        Show("dilate", () => Morphology.Dilate(mask, Width, Height, result));
        Show("bounding box", () => MaskBounds.Of(mask, Width, Height));
        Show("one image through the whole preprocessing, 8 bits", () => InputTensor.FromDecoded([bytes], input).Dispose());
        Show("one image through the whole preprocessing, 16 bits", () => InputTensor.FromDecoded([words], input).Dispose());
        Show("one image through the whole preprocessing, colour", () => InputTensor.FromDecoded([color], input).Dispose());
    }

    private static void Show(string name, Action call)
    {
        // The first calls fill the pools and wake the threads.
        for (int i = 0; i < Calls; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            call();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine($"{allocated / (double)Calls,8:0.#} B  {name}");
    }
}
