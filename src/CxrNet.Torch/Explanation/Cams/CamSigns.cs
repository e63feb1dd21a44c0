namespace CxrNet.Torch.Explanation;

/// <summary>What becomes of a CAM's values below 0.</summary>
internal enum CamSigns
{
    /// <summary>They are 0, as the papers have it.</summary>
    Dropped,

    /// <summary>They stay; they come from planes below 0 and are no evidence against the finding by themselves.</summary>
    WhereTheyOccur,

    /// <summary>They stay, and mean evidence against the finding.</summary>
    Kept,
}
