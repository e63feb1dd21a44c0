namespace CxrNet.Imaging.Dicom.Codecs.JpegLossless;

/// <summary>A prediction from the samples to the left, above and above-left (ITU-T T.81 Table H.1); a struct, so that the row loop inlines it.</summary>
internal interface IPredictor
{
    static abstract int Predict(int left, int above, int corner);
}

internal readonly struct LeftPredictor : IPredictor
{
    public static int Predict(int left, int above, int corner) => left;
}

internal readonly struct AbovePredictor : IPredictor
{
    public static int Predict(int left, int above, int corner) => above;
}

internal readonly struct CornerPredictor : IPredictor
{
    public static int Predict(int left, int above, int corner) => corner;
}

internal readonly struct PlanePredictor : IPredictor
{
    public static int Predict(int left, int above, int corner) => left + above - corner;
}

internal readonly struct LeftSlopePredictor : IPredictor
{
    public static int Predict(int left, int above, int corner) => left + ((above - corner) >> 1);
}

internal readonly struct AboveSlopePredictor : IPredictor
{
    public static int Predict(int left, int above, int corner) => above + ((left - corner) >> 1);
}

internal readonly struct MeanPredictor : IPredictor
{
    public static int Predict(int left, int above, int corner) => (left + above) >> 1;
}
