namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>A box of packets and their order: one entry of a POC segment (ITU-T T.800 A.6.6), or the whole tile.</summary>
internal readonly record struct Progression(ProgressionOrder Order, int FirstResolution, int FirstComponent, int EndLayer, int EndResolution, int EndComponent)
{
    // Each change visits the delivered packets again, so their number bounds the time that a hostile header can take.
    private const int MaxChanges = 64;

    public static void ReadAll(ReadOnlySpan<byte> body, List<Progression> changes)
    {
        ByteFields fields = new(body, "POC");
        while (fields.Left > 0)
        {
            int firstResolution = fields.Byte(), firstComponent = fields.Byte();
            int endLayer = fields.UInt16();
            int endResolution = fields.Byte(), endComponent = fields.Byte();
            ProgressionOrder order = TileStyle.ReadOrder(ref fields);

            if (changes.Count == MaxChanges)
            {
                throw Jpeg2000Decoder.Error($"more than {MaxChanges} progression changes found.");
            }

            // A component end of 0 stands for 256 (Table A.32).
            changes.Add(new Progression(order, firstResolution, firstComponent, endLayer, endResolution, endComponent == 0 ? 256 : endComponent));
        }
    }
}
