using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The three coding passes over one code-block (ITU-T T.800 D.3 and D.4).</summary>
/// <remarks>A pass copies its decoder to a local first: the registers of the inner loop then are the processor's.</remarks>
internal sealed class BlockPasses
{
    private const int StripeHeight = 4;
    private const uint SegmentationSymbol = 0b1010;

    private readonly byte[] _contexts = new byte[BlockContexts.Count];
    private uint[] _flags = [];
    private uint[] _samples = [];
    private byte[] _zeroCoding = [];
    private CodeBlockStyle _style;
    private int _width;
    private int _height;

    /// <summary>The samples of the block, row-major.</summary>
    public ReadOnlySpan<uint> Samples => _samples.AsSpan(0, _width * _height);

    // One border word on each side of a stripe, one border stripe above and below.
    private int Stride => _width + 2;

    private bool TellsAbove => (_style & CodeBlockStyle.VerticallyCausal) == 0;

    public void Start(CodeBlock block, CodeBlockStyle style)
    {
        _style = style;
        _width = block.Width;
        _height = block.Height;
        _zeroCoding = BlockContexts.ForZeroCoding(block.Band.Orientation);
        Clear(ref _samples, _width * _height);
        Clear(ref _flags, Stride * ((_height + StripeHeight - 1) / StripeHeight + 2));
        ResetContexts();
    }

    public void ResetContexts() => BlockContexts.Reset(_contexts);

    public void Significance<TBits>(ref TBits source, byte[] data, int plane)
        where TBits : struct, IBlockBits
    {
        TBits bits = source;
        uint[] flags = _flags;
        byte[] contexts = _contexts;
        byte[] zeroCoding = _zeroCoding;
        int stride = Stride;
        bool tellsAbove = TellsAbove;
        for (int y = 0, stripe = stride + 1; y < _height; y += StripeHeight, stripe += stride)
        {
            int rows = Math.Min(StripeHeight, _height - y);
            for (int x = 0; x < _width; x++)
            {
                int at = stripe + x;
                if ((flags[at] & BlockFlags.AnySignificant) == 0)
                {
                    continue;
                }

                for (int i = 0; i < rows; i++)
                {
                    uint near = flags[at] >> (3 * i);
                    if ((near & BlockFlags.Self) != 0 || (near & BlockFlags.Neighbours) == 0)
                    {
                        continue;
                    }

                    if (bits.Decode(ref contexts[zeroCoding[near & 0x1FF]], data) != 0)
                    {
                        uint sign = DecodeSign(ref bits, data, flags, at, i, contexts);
                        _samples[(y + i) * _width + x] = sign << 31 | 3u << plane;
                        BlockFlags.SetSignificant(flags, at, stride, i, sign, tellsAbove);
                    }

                    flags[at] |= 1u << (BlockFlags.FirstVisited + i);
                }
            }
        }

        source = bits;
    }

    public void Refinement<TBits>(ref TBits source, byte[] data, int plane)
        where TBits : struct, IBlockBits
    {
        TBits bits = source;
        uint[] flags = _flags;
        byte[] contexts = _contexts;
        uint half = 1u << plane;
        for (int y = 0, stripe = Stride + 1; y < _height; y += StripeHeight, stripe += Stride)
        {
            int rows = Math.Min(StripeHeight, _height - y);
            for (int x = 0; x < _width; x++)
            {
                uint word = flags[stripe + x];
                if ((word & BlockFlags.AllSelf) == 0)
                {
                    continue;
                }

                for (int i = 0; i < rows; i++)
                {
                    uint near = word >> (3 * i);
                    if ((near & BlockFlags.Self) == 0 || (word >> (BlockFlags.FirstVisited + i) & 1) != 0)
                    {
                        continue;
                    }

                    int context = (word >> (BlockFlags.FirstRefined + i) & 1) != 0 ? BlockContexts.LaterRefinement
                        : (near & BlockFlags.Neighbours) != 0 ? BlockContexts.FirstRefinementNearSignificant
                        : BlockContexts.FirstRefinement;

                    // The middle of the interval that is left moves half a step up or down.
                    _samples[(y + i) * _width + x] += bits.Decode(ref contexts[context], data) != 0 ? half : 0 - half;
                    word |= 1u << (BlockFlags.FirstRefined + i);
                }

                flags[stripe + x] = word;
            }
        }

        source = bits;
    }

    public void Cleanup(ref MqDecoder source, byte[] data, int plane)
    {
        MqDecoder bits = source;
        uint[] flags = _flags;
        byte[] contexts = _contexts;
        byte[] zeroCoding = _zeroCoding;
        int stride = Stride;
        bool tellsAbove = TellsAbove;
        for (int y = 0, stripe = stride + 1; y < _height; y += StripeHeight, stripe += stride)
        {
            int rows = Math.Min(StripeHeight, _height - y);
            for (int x = 0; x < _width; x++)
            {
                int at = stripe + x;
                int i = 0;
                bool isSignificant = false;
                if (flags[at] == 0 && rows == StripeHeight)
                {
                    // Four samples without a significant neighbour: one decision says whether all stay so.
                    if (bits.Decode(ref contexts[BlockContexts.RunLength], data) == 0)
                    {
                        continue;
                    }

                    uint high = bits.Decode(ref contexts[BlockContexts.Uniform], data);
                    i = (int)(high << 1 | bits.Decode(ref contexts[BlockContexts.Uniform], data));
                    isSignificant = true;
                }

                for (; i < rows; i++)
                {
                    uint word = flags[at];
                    uint near = word >> (3 * i);
                    if (!isSignificant)
                    {
                        if ((near & BlockFlags.Self) != 0 || (word >> (BlockFlags.FirstVisited + i) & 1) != 0)
                        {
                            continue;
                        }

                        isSignificant = bits.Decode(ref contexts[zeroCoding[near & 0x1FF]], data) != 0;
                    }

                    if (isSignificant)
                    {
                        uint sign = DecodeSign(ref bits, data, flags, at, i, contexts);
                        _samples[(y + i) * _width + x] = sign << 31 | 3u << plane;
                        BlockFlags.SetSignificant(flags, at, stride, i, sign, tellsAbove);
                        isSignificant = false;
                    }
                }

                flags[at] &= ~BlockFlags.AllVisited;
            }
        }

        source = bits;   // before the call: a local whose address is passed on could not stay in registers
        if ((_style & CodeBlockStyle.SegmentationSymbols) != 0)
        {
            CheckSegmentationSymbol(ref source, data);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint DecodeSign<TBits>(ref TBits bits, byte[] data, uint[] flags, int at, int i, byte[] contexts)
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

    private void CheckSegmentationSymbol(ref MqDecoder bits, byte[] data)
    {
        uint symbol = 0;
        for (int i = 0; i < 4; i++)
        {
            symbol = symbol << 1 | bits.Decode(ref _contexts[BlockContexts.Uniform], data);
        }

        if (symbol != SegmentationSymbol)
        {
            throw Jpeg2000Decoder.Error($"a segmentation symbol {symbol:B4} found, 1010 expected: the data is damaged.");
        }
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
