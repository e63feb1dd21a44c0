using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>Decodes lines of samples with the contexts of one scan (ITU-T T.87 Annex A).</summary>
/// <remarks>A line span has one sample more on each side than the image: index 0 is the left neighbour of the first sample.</remarks>
internal sealed class LineDecoder(JpegLsCoding coding)
{
    private const int RegularContexts = 365;
    private const int MaxRunIndex = 31;

    private readonly RegularContext[] _contexts = new RegularContext[RegularContexts];
    private readonly RunContext[] _runContexts = new RunContext[2];

    // The order of the run lengths, 2^J (A.2.1).
    private static ReadOnlySpan<byte> J => [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Sets the statistics to their start, as each scan and restart interval does.</summary>
    public void Reset()
    {
        int a = Math.Max(2, (coding.Range + 32) / 64);
        _contexts.AsSpan().Fill(new RegularContext { A = a, N = 1 });
        _runContexts.AsSpan().Fill(new RunContext { A = a, N = 1 });
    }

    /// <summary>Decodes one line of one component.</summary>
    public void DecodeLine(ref JpegLsBits bits, ReadOnlySpan<int> above, Span<int> line, ref int runIndex)
    {
        ReadOnlySpan<sbyte> gradients = coding.Gradients;
        int zero = coding.MaxValue;
        int end = line.Length - 1;
        above = above[..line.Length];
        for (int x = 1; x < end; x++)
        {
            int a = line[x - 1];
            int b = above[x];
            int c = above[x - 1];
            int context = 81 * gradients[above[x + 1] - b + zero] + 9 * gradients[b - c + zero] + gradients[c - a + zero];
            if (context != 0)
            {
                line[x] = DecodeRegular(ref bits, context, a, b, c);
                continue;
            }

            int length = ReadRunLength(ref bits, end - x, ref runIndex);
            line.Slice(x, length).Fill(a);
            x += length;
            if (x < end)
            {
                b = above[x];
                int type = Math.Abs(a - b) <= coding.Near ? 1 : 0;
                line[x] = DecodeInterruption(ref bits, type, a, b, runIndex);
                runIndex = Math.Max(0, runIndex - 1);
            }
        }
    }

    /// <summary>Decodes one line of components whose samples are interleaved one by one; the lines lie behind each other.</summary>
    public void DecodeInterleavedLine(ref JpegLsBits bits, ReadOnlySpan<int> above, Span<int> lines, int components, ref int runIndex)
    {
        ReadOnlySpan<sbyte> gradients = coding.Gradients;
        int zero = coding.MaxValue;
        int stride = lines.Length / components;
        int end = stride - 1;
        Span<int> contexts = stackalloc int[Codestream.MaxComponents];
        for (int x = 1; x < end; x++)
        {
            int any = 0;
            for (int i = 0, at = x; i < components; i++, at += stride)
            {
                contexts[i] = 81 * gradients[above[at + 1] - above[at] + zero] + 9 * gradients[above[at] - above[at - 1] + zero] + gradients[above[at - 1] - lines[at - 1] + zero];
                any |= contexts[i];
            }

            if (any != 0)
            {
                for (int i = 0, at = x; i < components; i++, at += stride)
                {
                    lines[at] = DecodeRegular(ref bits, contexts[i], lines[at - 1], above[at], above[at - 1]);
                }

                continue;
            }

            int length = ReadRunLength(ref bits, end - x, ref runIndex);
            for (int at = x; at < lines.Length; at += stride)
            {
                lines.Slice(at, length).Fill(lines[at - 1]);
            }

            x += length;
            if (x < end)
            {
                for (int at = x; at < lines.Length; at += stride)
                {
                    lines[at] = DecodeInterruption(ref bits, type: 0, lines[at - 1], above[at], runIndex);
                }

                runIndex = Math.Max(0, runIndex - 1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int DecodeRegular(ref JpegLsBits bits, int signedContext, int a, int b, int c)
    {
        int sign = signedContext >> 31;   // 0 or -1; (v ^ sign) - sign gives v its sign
        ref RegularContext context = ref _contexts[(signedContext ^ sign) - sign];
        int low = Math.Min(a, b);
        int high = Math.Max(a, b);
        int predicted = c >= high ? low : c <= low ? high : a + b - c;
        predicted = Math.Max(0, Math.Min(coding.MaxValue, predicted + ((context.C ^ sign) - sign)));

        int k = RegularContext.GolombParameter(context.N, context.A);
        int mapped = bits.ReadGolomb(k, coding.Limit, coding.RangeBits);
        int error = (mapped >> 1) ^ -(mapped & 1);
        if (k == 0 && coding.Near == 0 && 2 * context.B <= -context.N)
        {
            error = ~error;   // A.5.2: with a strong negative bias the two signs change places
        }

        context.Update(error, coding.Step, coding.Reset);
        return Reconstruct(predicted, (error ^ sign) - sign);
    }

    private int DecodeInterruption(ref JpegLsBits bits, int type, int a, int b, int runIndex)
    {
        int error = _runContexts[type].ReadError(ref bits, type, coding.Limit - J[runIndex] - 1, coding);
        return type == 1 ? Reconstruct(a, error) : Reconstruct(b, a > b ? -error : error);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Reconstruct(int predicted, int error)
    {
        int value = predicted + error * coding.Step;
        if (value < -coding.Near)
        {
            value += coding.Range * coding.Step;
        }
        else if (value > coding.MaxValue + coding.Near)
        {
            value -= coding.Range * coding.Step;
        }

        return Math.Max(0, Math.Min(coding.MaxValue, value));
    }

    private static int ReadRunLength(ref JpegLsBits bits, int remaining, ref int runIndex)
    {
        int length = 0;
        while (bits.Read(1) != 0)
        {
            int step = 1 << J[runIndex];
            if (step > remaining - length)
            {
                return remaining;
            }

            length += step;
            runIndex = Math.Min(runIndex + 1, MaxRunIndex);
            if (length == remaining)
            {
                return remaining;
            }
        }

        length += bits.Read(J[runIndex]);
        return length < remaining ? length : throw JpegLsDecoder.Error("a run reaches over the end of its line: the data is damaged.");
    }
}
