namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>One code-block: where its samples go, and what the packets have said of it so far.</summary>
internal sealed class CodeBlock(Subband band, int x, int y, int width, int height)
{
    private readonly List<BlockChunk> _chunks = [];

    public Subband Band => band;

    /// <summary>Column of the first sample in the component's plane of coefficients.</summary>
    public int X => x;

    /// <summary>Row of the first sample in the component's plane of coefficients.</summary>
    public int Y => y;

    public int Width => width;

    public int Height => height;

    /// <summary>Bit-planes that are coded; known once a packet has included the block.</summary>
    public int Planes { get; set; }

    /// <summary>Coding passes received.</summary>
    public int Passes { get; set; }

    /// <summary>Lblock, the state of the length code (B.10.7.1).</summary>
    public int LengthBits { get; set; } = 3;

    /// <summary>The coded bytes, in order.</summary>
    public List<BlockChunk> Chunks => _chunks;
}
