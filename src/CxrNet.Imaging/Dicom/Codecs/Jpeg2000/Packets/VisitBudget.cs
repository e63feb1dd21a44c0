namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Counts the visits to code-blocks and precincts that cost a hostile stream few bits or none, so that they end.</summary>
internal sealed class VisitBudget
{
    // A second or two of work; 50 layers of a million code-blocks, more than any real picture has, take a fifth of it.
    private long _left = 1L << 28;

    public void Spend(long visits)
    {
        _left -= visits;
        if (_left < 0)
        {
            throw Jpeg2000Decoder.Error("the layers and progression changes are too many for so many code-blocks.");
        }
    }
}
