namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>All coding parameters of the main header or, as a copy that its own segments change, of one tile.</summary>
internal sealed class CodingParameters
{
    private const byte Cod = 0x52;
    private const byte Coc = 0x53;
    private const byte Qcd = 0x5C;
    private const byte Qcc = 0x5D;
    private const byte Rgn = 0x5E;
    private const byte Poc = 0x5F;

    private readonly CodingStyle?[] _styles;
    private readonly Quantization?[] _quantizations;
    private readonly int[] _roiShifts;
    private readonly bool[] _hasOwnStyle;
    private readonly bool[] _hasOwnQuantization;
    private List<Progression> _changes = [];
    private bool _inheritedChanges;
    private TileStyle? _tileStyle;

    public CodingParameters(int components)
    {
        _styles = new CodingStyle?[components];
        _quantizations = new Quantization?[components];
        _roiShifts = new int[components];
        _hasOwnStyle = new bool[components];
        _hasOwnQuantization = new bool[components];
    }

    private CodingParameters(CodingParameters main)
        : this(main._styles.Length)
    {
        main._styles.CopyTo(_styles, 0);
        main._quantizations.CopyTo(_quantizations, 0);
        main._roiShifts.CopyTo(_roiShifts, 0);
        _changes = main._changes;
        _inheritedChanges = true;
        _tileStyle = main._tileStyle;
    }

    public TileStyle TileStyle => _tileStyle ?? throw Jpeg2000Decoder.Error("the header has no coding style (COD).");

    /// <summary>Progressions in turn; the tile's own order where the header names no change.</summary>
    public IReadOnlyList<Progression> Progressions => _changes.Count > 0
        ? _changes
        : [new Progression(TileStyle.Order, 0, 0, TileStyle.Layers, int.MaxValue, int.MaxValue)];

    public CodingStyle Style(int component) => _styles[component] ?? throw Jpeg2000Decoder.Error("the header has no coding style (COD).");

    public Quantization Quantization(int component) => _quantizations[component] ?? throw Jpeg2000Decoder.Error("the header has no quantization (QCD).");

    /// <summary>Bit-planes by which the region of interest was lifted over the rest (Annex H); 0 without one.</summary>
    public int RoiShift(int component) => _roiShifts[component];

    /// <summary>A copy whose segments override the main header's, whatever their order (A.6).</summary>
    public CodingParameters ForTile() => new(this);

    /// <summary>Takes one segment; returns false where it says nothing about coding.</summary>
    public bool TryRead(byte marker, ReadOnlySpan<byte> body)
    {
        switch (marker)
        {
            case Cod:
                ReadDefaultStyle(new ByteFields(body, "COD"));
                return true;
            case Coc:
                ByteFields style = new(body, "COC");
                int styled = style.Component(_styles.Length);
                bool hasPrecincts = (style.Byte() & 1) != 0;
                _styles[styled] = CodingStyle.Read(ref style, hasPrecincts);
                _hasOwnStyle[styled] = true;
                return true;
            case Qcd:
                ByteFields defaults = new(body, "QCD");
                SetDefault(_quantizations, Jpeg2000.Quantization.Read(ref defaults), _hasOwnQuantization);
                return true;
            case Qcc:
                ByteFields steps = new(body, "QCC");
                int quantized = steps.Component(_styles.Length);
                _quantizations[quantized] = Jpeg2000.Quantization.Read(ref steps);
                _hasOwnQuantization[quantized] = true;
                return true;
            case Rgn:
                ByteFields region = new(body, "RGN");
                int component = region.Component(_styles.Length);
                int kind = region.Byte();
                _roiShifts[component] = kind == 0 ? region.Byte() : throw Jpeg2000Decoder.Error($"region of interest of kind {kind} found, 0 (max-shift) expected.");
                return true;
            case Poc:
                // A tile's first own change replaces the main header's list; later tile-parts append.
                _changes = _inheritedChanges ? [] : _changes;
                _inheritedChanges = false;
                Progression.ReadAll(body, _changes);
                return true;
            default:
                return false;
        }
    }

    private static void SetDefault<T>(T[] values, T value, bool[] hasOwn)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = hasOwn[i] ? values[i] : value;
        }
    }

    private void ReadDefaultStyle(ByteFields fields)
    {
        bool hasPrecincts = (fields.Byte() & 1) != 0;   // the other bits announce SOP and EPH markers, which are skipped wherever they stand
        _tileStyle = TileStyle.Read(ref fields);
        SetDefault(_styles, CodingStyle.Read(ref fields, hasPrecincts), _hasOwnStyle);
    }
}
