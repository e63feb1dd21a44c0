namespace CxrNet.Cli;

/// <summary>How many images each method gets, where the time does not last for all: everything that is cheap gets all of them, and what is left is shared out evenly among the others.</summary>
internal static class MapBudget
{
    /// <summary>Images for each method: the greatest share of time s with <c>sum over methods of min(cost * images, s) = seconds</c>, divided by the method's cost.</summary>
    /// <param name="costs">Seconds for an image; a method that was never timed has 0 and gets all.</param>
    /// <param name="images">How many there are.</param>
    /// <param name="seconds">All the time there is; infinity for no limit.</param>
    /// <returns>At least 1 for each method.</returns>
    public static int[] Images(IReadOnlyList<double> costs, int images, double seconds)
    {
        double left = seconds;
        int methods = costs.Count;
        double share = double.PositiveInfinity;
        foreach (double all in costs.Select(c => c * images).Order())
        {
            // Cheapest first: who needs less than an even share leaves the rest to the others.
            if (all > left / methods)
            {
                share = left / methods;
                break;
            }

            left -= all;
            methods--;
        }

        return [.. costs.Select(c => c * images <= share ? images : Math.Max(1, (int)(share / c)))];
    }
}
