namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>A quad-tree of minima, decoded as far as each question needs (ITU-T T.800 B.10.2).</summary>
internal sealed class TagTree
{
    private readonly int[] _widths;
    private readonly int[] _starts;
    private readonly int[] _least;     // what the value is known to reach
    private readonly bool[] _known;    // whether it is exactly that

    public TagTree(int width, int height)
    {
        List<int> widths = [];
        List<int> starts = [];
        int nodes = 0;
        while (true)
        {
            widths.Add(width);
            starts.Add(nodes);
            nodes += width * height;
            if (width * height <= 1)
            {
                break;
            }

            width = (width + 1) / 2;
            height = (height + 1) / 2;
        }

        _widths = [.. widths];
        _starts = [.. starts];
        _least = new int[nodes];
        _known = new bool[nodes];
    }

    /// <summary>Whether the leaf's value is less than <paramref name="threshold"/>; reads the bits that tell.</summary>
    public bool IsLess(ref PacketBits bits, int x, int y, int threshold)
    {
        int least = 0;
        int node = 0;
        for (int level = _widths.Length - 1; level >= 0; level--)
        {
            node = _starts[level] + (y >> level) * _widths[level] + (x >> level);
            least = Math.Max(least, _least[node]);
            while (least < threshold && !_known[node])
            {
                if (bits.Bit() != 0)
                {
                    _known[node] = true;
                }
                else
                {
                    least++;
                }
            }

            _least[node] = least;
        }

        return _known[node] && least < threshold;
    }

    /// <summary>The leaf's value; more than <paramref name="most"/> is an error.</summary>
    public int Value(ref PacketBits bits, int x, int y, int most)
    {
        for (int value = 0; value <= most; value++)
        {
            if (IsLess(ref bits, x, y, value + 1))
            {
                return value;
            }
        }

        throw Jpeg2000Decoder.Error($"a code-block leaves out more than its {most} bit-planes.");
    }
}
