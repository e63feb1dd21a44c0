namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>The statistics of one of the two contexts of run interruption (ITU-T T.87 A.7.2), named as there.</summary>
internal struct RunContext
{
    public int A;    // sum of error magnitudes
    public int N;    // count
    public int Nn;   // count of negative errors

    /// <summary>Reads the error of the sample that ended a run.</summary>
    public int ReadError(ref JpegLsBits bits, int type, int limit, JpegLsCoding coding)
    {
        int k = RegularContext.GolombParameter(N, A + (type == 1 ? N >> 1 : 0));
        int mapped = bits.ReadGolomb(k, limit, coding.RangeBits);
        int folded = mapped + type;
        bool map = (folded & 1) != 0;
        int magnitude = (folded >> 1) + (map ? 1 : 0);

        // The odd code means the sign that is the rarer one here.
        bool oddIsNegative = k != 0 || 2 * Nn >= N;
        int error = map == oddIsNegative ? -magnitude : magnitude;
        if (error < 0)
        {
            Nn++;
        }

        A += (mapped + 1 - type) >> 1;
        if (N == coding.Reset)
        {
            A >>= 1;
            N >>= 1;
            Nn >>= 1;
        }

        N++;
        return error;
    }
}
