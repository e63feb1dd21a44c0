using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>What the coding passes over one code-block share: samples, flags and contexts. The arrays are kept from block to block.</summary>
/// <remarks>A pass copies its decoder and these fields to locals first: what the inner loop uses then stays in registers.</remarks>
internal sealed class BlockState
{
    /// <summary>Rows that are scanned together, column by column (ITU-T T.800 D.1).</summary>
    public const int StripeHeight = 4;

    private uint[] _flags = [];
    private uint[] _samples = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public CodeBlockStyle Style { get; private set; }

    /// <summary>Row-major: the sign in bit 31, below it twice the magnitude.</summary>
    public uint[] Samples => _samples;

    /// <summary>The words of <see cref="BlockFlags"/>, with one border word on each side of a stripe and one border stripe above and below.</summary>
    public uint[] Flags => _flags;

    /// <summary>Words from one stripe to the next.</summary>
    public int Stride => Width + 2;

    /// <summary>The states of the contexts.</summary>
    public byte[] Contexts { get; } = new byte[BlockContexts.Count];

    /// <summary>The contexts of zero coding in the block's subband.</summary>
    public byte[] ZeroCoding { get; private set; } = [];

    /// <summary>Whether a stripe's contexts see the stripe below.</summary>
    public bool TellsAbove => (Style & CodeBlockStyle.VerticallyCausal) == 0;

    /// <summary>Begins a block: all samples zero.</summary>
    public void Start(CodeBlock block, CodeBlockStyle style)
    {
        Style = style;
        Width = block.Width;
        Height = block.Height;
        ZeroCoding = BlockContexts.ForZeroCoding(block.Band.Orientation);
        Clear(ref _samples, Width * Height);
        Clear(ref _flags, Stride * ((Height + StripeHeight - 1) / StripeHeight + 2));
        BlockContexts.Reset(Contexts);
    }

    /// <summary>Decodes the sign of sample i of a column, predicted from its neighbours' (D.3.2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint DecodeSign<TBits>(ref TBits bits, byte[] data, uint[] flags, int at, int i, byte[] contexts)
        where TBits : struct, IBlockBits
    {
        if (TBits.IsRaw)
        {
            return bits.Decode(ref contexts[0], data);
        }

        uint word = flags[at];
        uint neighbours = (word >> (3 * i) & BlockFlags.StraightNeighbours)
            | (word >> (BlockFlags.FirstSign + i) & 1)
            | (flags[at - 1] >> (BlockFlags.FirstSign + 1 + i) & 1) << 2
            | (flags[at + 1] >> (BlockFlags.FirstSign + 1 + i) & 1) << 4
            | (word >> (BlockFlags.FirstSign + 2 + i) & 1) << 6;
        uint entry = BlockContexts.Sign[neighbours];
        return bits.Decode(ref contexts[entry & 0x7F], data) ^ entry >> 7;
    }

    private static void Clear(ref uint[] array, int length)
    {
        if (array.Length < length)
        {
            array = new uint[length];
        }
        else
        {
            array.AsSpan(0, length).Clear();
        }
    }
}
