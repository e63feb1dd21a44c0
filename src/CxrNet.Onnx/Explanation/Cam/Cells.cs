namespace CxrNet.Onnx;

/// <summary>Features as a table: one row per cell, one column per channel.</summary>
internal static class Cells
{
    private static double[][] Of(FeatureView view)
    {
        double[][] cells = new double[view.Model.PlaneLength][];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = new double[view.Model.Channels];
        }

        for (int c = 0; c < view.Model.Channels; c++)
        {
            ReadOnlySpan<float> plane = view.Plane(c);
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i][c] = plane[i];
            }
        }

        return cells;
    }

    /// <summary>The same without each channel's mean.</summary>
    public static double[][] Centred(FeatureView view)
    {
        double[][] cells = Of(view);
        for (int c = 0; c < view.Model.Channels; c++)
        {
            double mean = cells.Average(cell => cell[c]);
            foreach (double[] cell in cells)
            {
                cell[c] -= mean;
            }
        }

        return cells;
    }

    /// <summary>A component as a map, turned so that it goes with the sum of the planes.</summary>
    public static float[] Signed(FeatureView view, double[] component)
    {
        float[] sum = view.Sum([.. Enumerable.Repeat(1f, view.Model.Channels)]);
        double mean = sum.Average(static v => (double)v), along = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            along += (sum[i] - mean) * component[i];
        }

        return Array.ConvertAll(component, v => (float)(along < 0 ? -v : v));
    }
}
