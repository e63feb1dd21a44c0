namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The packets of a tile in the order in which they are stored (ITU-T T.800 B.12).</summary>
internal static class PacketOrder
{
    // What sorting costs for each precinct, next to a visit to a code-block.
    private const int SortVisits = 32;

    /// <summary>Precincts, one for each packet; the layer is the precinct's next one, which the reader counts on.</summary>
    public static IEnumerable<Precinct> Enumerate(TileComponent[] components, CodingParameters parameters, VisitBudget budget)
    {
        int layers = parameters.TileStyle.Layers;
        foreach (Progression change in parameters.Progressions)
        {
            Progression box = change with { EndLayer = Math.Min(change.EndLayer, layers) };
            Precinct[] precincts = [.. Inside(components, box)];
            budget.Spend((long)SortVisits * precincts.Length);
            Array.Sort(precincts, Comparer(box.Order));
            IEnumerable<Precinct> packets = box.Order switch
            {
                ProgressionOrder.LayerResolution => LayersFirst(precincts, box.EndLayer),
                ProgressionOrder.ResolutionLayer => precincts.GroupBy(static precinct => precinct.Resolution).SelectMany(group => LayersFirst([.. group], box.EndLayer)),
                _ => precincts.SelectMany(precinct => Remaining(precinct, box.EndLayer)),
            };
            foreach (Precinct precinct in packets)
            {
                yield return precinct;
            }
        }
    }

    private static IEnumerable<Precinct> Inside(TileComponent[] components, Progression box)
    {
        for (int c = box.FirstComponent; c < Math.Min(components.Length, box.EndComponent); c++)
        {
            Resolution[] resolutions = components[c].Resolutions;
            for (int r = box.FirstResolution; r < Math.Min(resolutions.Length, box.EndResolution); r++)
            {
                foreach (Precinct precinct in resolutions[r].Precincts)
                {
                    yield return precinct;
                }
            }
        }
    }

    // A packet that an earlier progression brought is not sent again: each precinct goes on with its next layer.
    private static IEnumerable<Precinct> LayersFirst(Precinct[] precincts, int endLayer)
    {
        for (int layer = 0; layer < endLayer && precincts.Length > 0; layer++)
        {
            foreach (Precinct precinct in precincts)
            {
                if (precinct.NextLayer == layer)
                {
                    yield return precinct;
                }
            }
        }
    }

    private static IEnumerable<Precinct> Remaining(Precinct precinct, int endLayer)
    {
        while (precinct.NextLayer < endLayer)
        {
            yield return precinct;
        }
    }

    private static Comparison<Precinct> Order(ProgressionOrder order) => order switch
    {
        ProgressionOrder.LayerResolution or ProgressionOrder.ResolutionLayer => static (a, b) =>
            (a.Resolution, a.Component, a.Index).CompareTo((b.Resolution, b.Component, b.Index)),
        ProgressionOrder.ResolutionPosition => static (a, b) =>
            (a.Resolution, a.ReferenceY, a.ReferenceX, a.Component, a.Index).CompareTo((b.Resolution, b.ReferenceY, b.ReferenceX, b.Component, b.Index)),
        ProgressionOrder.PositionComponent => static (a, b) =>
            (a.ReferenceY, a.ReferenceX, a.Component, a.Resolution, a.Index).CompareTo((b.ReferenceY, b.ReferenceX, b.Component, b.Resolution, b.Index)),
        _ => static (a, b) =>
            (a.Component, a.ReferenceY, a.ReferenceX, a.Resolution, a.Index).CompareTo((b.Component, b.ReferenceY, b.ReferenceX, b.Resolution, b.Index)),
    };

    private static Comparer<Precinct> Comparer(ProgressionOrder order) => Comparer<Precinct>.Create(Order(order));
}
