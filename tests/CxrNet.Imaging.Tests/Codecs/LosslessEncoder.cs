namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>A plain encoder of ITU-T T.81 process 14, written from the standard's formulas to check the decoder against them.</summary>
internal sealed class LosslessEncoder(int width, int height, int components, int precision, int predictor, int pointTransform, int restartRows)
{
    // Categories 0 … 9 take 1 … 10 bits and the rest 14, so that codes on both sides of any look-up width occur.
    private static readonly byte[] CodeLengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 14, 14, 14, 14, 14, 14];

    private readonly List<byte> _bytes = [];
    private int _bits;
    private int _bitCount;

    public byte[] Encode(int[] samples, bool interleaved)
    {
        _bytes.AddRange([0xFF, 0xD8]);
        Segment(0xC4, [0, .. Enumerable.Range(1, 16).Select(static length => (byte)CodeLengths.Count(l => l == length)), .. Enumerable.Range(0, 17).Select(static c => (byte)c)]);
        Segment(0xC3, [(byte)precision, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components, .. Enumerable.Range(1, components).SelectMany(static id => new byte[] { (byte)id, 0x11, 0 })]);
        Segment(0xDD, [(byte)(restartRows * width >> 8), (byte)(restartRows * width)]);
        int[] all = [.. Enumerable.Range(0, components)];
        foreach (int[] scan in interleaved ? [all] : all.Select(static c => new[] { c }).ToArray())
        {
            Segment(0xDA, [(byte)scan.Length, .. scan.SelectMany(static c => new byte[] { (byte)(c + 1), 0 }), (byte)predictor, 0, (byte)pointTransform]);
            Scan(samples, scan);
        }

        _bytes.AddRange([0xFF, 0xD9]);
        return [.. _bytes];
    }

    private void Scan(int[] samples, int[] scan)
    {
        int At(int x, int y, int c) => samples[(y * width + x) * components + c] >> pointTransform;
        for (int y = 0; y < height; y++)
        {
            bool first = restartRows > 0 ? y % restartRows == 0 : y == 0;
            if (first && y > 0)
            {
                Flush();
                _bytes.AddRange([0xFF, (byte)(0xD0 + (y / restartRows - 1) % 8)]);
            }

            for (int x = 0; x < width; x++)
            {
                foreach (int c in scan)
                {
                    int a = x > 0 ? At(x - 1, y, c) : 0;
                    int b = first ? 0 : At(x, y - 1, c);
                    int corner = x > 0 && !first ? At(x - 1, y - 1, c) : 0;
                    int predicted = (x, first) switch
                    {
                        (0, true) => 1 << (precision - pointTransform - 1),
                        (0, false) => b,
                        (_, true) => a,
                        _ => predictor switch { 1 => a, 2 => b, 3 => corner, 4 => a + b - corner, 5 => a + ((b - corner) >> 1), 6 => b + ((a - corner) >> 1), _ => (a + b) >> 1 },
                    };
                    Difference((ushort)(At(x, y, c) - predicted));
                }
            }
        }

        Flush();
    }

    private void Difference(ushort modulo)
    {
        int difference = modulo == 0x8000 ? 0x8000 : (short)modulo;
        int category = difference == 0 ? 0 : 32 - int.LeadingZeroCount(Math.Abs(difference));
        int code = 0;
        for (int c = 0; c < category; c++)
        {
            code += 1 << (16 - CodeLengths[c]);
        }

        Put(code >> (16 - CodeLengths[category]), CodeLengths[category]);
        if (category < 16)
        {
            Put(difference < 0 ? difference + (1 << category) - 1 : difference, category);
        }
    }

    private void Put(int value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            _bits = _bits << 1 | (value >> i & 1);
            if (++_bitCount == 8)
            {
                _bytes.Add((byte)_bits);
                if ((byte)_bits == 0xFF)
                {
                    _bytes.Add(0);
                }

                _bits = _bitCount = 0;
            }
        }
    }

    private void Flush()
    {
        while (_bitCount > 0)
        {
            Put(1, 1);
        }
    }

    private void Segment(byte marker, byte[] body) => _bytes.AddRange([0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body]);
}
