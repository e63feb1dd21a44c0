namespace CxrNet;

/// <summary>The measures of one synthetic patient. Coordinates: half the body is about 0.9 wide, x to the image's right (the patient's left), y down.</summary>
internal sealed class PhantomBuild
{
    public PhantomBuild(PhantomRandom random)
    {
        BodyScale = random.Between(0.95, 1.03);
        LungHalfWidth = random.Between(0.62, 0.69);
        ApexY = random.Between(-0.80, -0.74);
        WidestY = random.Between(0.16, 0.26);
        RightDomeY = random.Between(0.38, 0.47);
        LeftDomeY = RightDomeY + random.Between(0.03, 0.07);
        HeartX = random.Between(0.08, 0.12);
        HeartHalfWidth = random.Between(0.27, 0.33);
        HeartHalfHeight = random.Between(0.29, 0.34);
        HeartY = LeftDomeY - random.Between(0.16, 0.20);
        RibPitch = random.Between(0.118, 0.130);
        RibDrop = random.Between(0.16, 0.24);
        RibHalfHeight = random.Between(0.021, 0.026);
        Tilt = random.Between(-0.03, 0.03);
        Exposure = random.Between(0.94, 1.06);
    }

    /// <summary>Width of the whole body relative to the mean.</summary>
    public double BodyScale { get; }

    /// <summary>Greatest distance of a lung's lateral border from the midline.</summary>
    public double LungHalfWidth { get; }

    /// <summary>Top of the lungs.</summary>
    public double ApexY { get; }

    /// <summary>Where the lungs are widest.</summary>
    public double WidestY { get; }

    /// <summary>Top of the right half of the diaphragm (on the image's left).</summary>
    public double RightDomeY { get; }

    /// <summary>Top of the left half of the diaphragm, lower than the right one: the liver lifts that.</summary>
    public double LeftDomeY { get; }

    /// <summary>Centre of the heart.</summary>
    public double HeartX { get; }

    /// <summary>Centre of the heart.</summary>
    public double HeartY { get; }

    /// <summary>Half axis of the heart.</summary>
    public double HeartHalfWidth { get; }

    /// <summary>Half axis of the heart.</summary>
    public double HeartHalfHeight { get; }

    /// <summary>Distance between two ribs at the spine.</summary>
    public double RibPitch { get; }

    /// <summary>How far a posterior rib falls from the spine to the chest wall.</summary>
    public double RibDrop { get; }

    /// <summary>Half the height of a rib.</summary>
    public double RibHalfHeight { get; }

    /// <summary>Shear of the patient against the detector: x shifts by this times y.</summary>
    public double Tilt { get; }

    /// <summary>Factor on the attenuation that is displayed.</summary>
    public double Exposure { get; }
}
