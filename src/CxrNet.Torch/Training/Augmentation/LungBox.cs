using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Where the lungs lie, in the coordinates of <c>affine_grid</c>: -1 … 1 from edge to edge.</summary>
internal readonly record struct LungBox(float CenterX, float CenterY, float Width, float Height)
{
    /// <summary>The boxes of a batch's lungs; unknown where a plane is full (no mask was given) or nearly empty.</summary>
    public static (LungBox Box, bool Known)[] Of(Tensor lungs)
    {
        int n = (int)lungs.shape[0], side = (int)lungs.shape[3];
        using Tensor columnsOf = lungs.amax([1, 2]), rowsOf = lungs.amax([1, 3]), share = lungs.mean([1, 2, 3]);
        float[] columns = columnsOf.data<float>().ToArray(), rows = rowsOf.data<float>().ToArray(), shares = share.data<float>().ToArray();
        (LungBox, bool)[] boxes = new (LungBox, bool)[n];
        for (int i = 0; i < n; i++)
        {
            (float left, float right) = Extent(columns.AsSpan(i * side, side));
            (float top, float bottom) = Extent(rows.AsSpan(i * side, side));
            boxes[i] = (new LungBox((left + right) / 2, (top + bottom) / 2, right - left, bottom - top), shares[i] is > 0.05f and < 0.95f);
        }

        return boxes;
    }

    private static (float From, float To) Extent(ReadOnlySpan<float> occupied)
    {
        int first = 0, last = occupied.Length - 1;
        while (first < last && occupied[first] < 0.5f)
        {
            first++;
        }

        while (last > first && occupied[last] < 0.5f)
        {
            last--;
        }

        return ((2f * first / occupied.Length) - 1, (2f * (last + 1) / occupied.Length) - 1);
    }
}
