namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Decodes code-blocks to magnitudes and signs (ITU-T T.800 Annex D). Holds its scratch memory: one for each thread.</summary>
internal sealed class BlockDecoder
{
    /// <summary>Most bit-planes: a magnitude, its half bit and the sign fit one word.</summary>
    public const int MaxPlanes = 30;

    // 4096 samples of 30 planes cannot fill this; it keeps the sums below and the MQ decoder's position in range.
    private const int MaxSegmentBytes = 1 << 20;
    private const int StopBytes = 2;
    private const int FirstBypassPass = 10;

    private readonly BlockState _state = new();
    private byte[] _data = [];

    /// <summary>Decodes one block.</summary>
    /// <returns>Row-major, valid until the next call: the sign in bit 31, below it twice the magnitude, with the middle of what the missing planes leave open added.</returns>
    public ReadOnlySpan<uint> Decode(CodeBlock block, CodeBlockStyle style, ReadOnlySpan<byte> tileData)
    {
        _state.Start(block, style);
        int pass = 0;
        for (int first = 0; first < block.Chunks.Count;)
        {
            int end = first + 1;
            while (end < block.Chunks.Count && !block.Chunks[end].StartsSegment)
            {
                end++;
            }

            (int length, int passes) = Gather(block.Chunks, first, end, tileData);
            DecodeSegment(block, style, pass, passes, length);
            pass += passes;
            first = end;
        }

        return _state.Samples.AsSpan(0, block.Width * block.Height);
    }

    private (int Length, int Passes) Gather(List<BlockChunk> chunks, int first, int end, ReadOnlySpan<byte> tileData)
    {
        long length = 0;
        int passes = 0;
        for (int i = first; i < end; i++)
        {
            length += chunks[i].Length;
            passes += chunks[i].Passes;
        }

        if (length > MaxSegmentBytes)
        {
            throw Jpeg2000Decoder.Error($"a code-block of {length} bytes found, at most {MaxSegmentBytes} expected.");
        }

        if (_data.Length < length + StopBytes)
        {
            _data = new byte[Math.Max(2 * _data.Length, (int)length + StopBytes)];
        }

        int written = 0;
        for (int i = first; i < end; i++)
        {
            tileData.Slice(chunks[i].Offset, chunks[i].Length).CopyTo(_data.AsSpan(written));
            written += chunks[i].Length;
        }

        _data.AsSpan(written, StopBytes).Fill(0xFF);
        return (written, passes);
    }

    private void DecodeSegment(CodeBlock block, CodeBlockStyle style, int firstPass, int passes, int length)
    {
        bool isRaw = (style & CodeBlockStyle.Bypass) != 0 && firstPass >= FirstBypassPass && (firstPass - FirstBypassPass) % 3 < 2;
        MqDecoder coded = isRaw ? default : new MqDecoder(_data, 0);
        RawBits raw = new(0, length);
        for (int pass = firstPass; pass < firstPass + passes; pass++)
        {
            // Pass 0 is the cleanup of the highest plane; then significance, refinement and cleanup of each.
            int plane = block.Planes - 1 - (pass + 2) / 3;
            switch ((pass + 2) % 3)
            {
                case 0 when isRaw:
                    SignificancePass.Decode(_state, ref raw, _data, plane);
                    break;
                case 0:
                    SignificancePass.Decode(_state, ref coded, _data, plane);
                    break;
                case 1 when isRaw:
                    RefinementPass.Decode(_state, ref raw, _data, plane);
                    break;
                case 1:
                    RefinementPass.Decode(_state, ref coded, _data, plane);
                    break;
                default:
                    CleanupPass.Decode(_state, ref coded, _data, plane);
                    break;
            }

            if ((style & CodeBlockStyle.ResetContexts) != 0)
            {
                BlockContexts.Reset(_state.Contexts);
            }
        }
    }
}
