namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Decodes one tile: packets, code-blocks, wavelet, component transform.</summary>
internal static class TileDecoder
{
    /// <summary>Cuts the tile up and reads its packets; nothing of the size of the picture is allocated yet.</summary>
    public static TileComponent[] ReadPackets(Rectangle area, ImageSize size, CodingParameters parameters, ReadOnlySpan<byte> data, VisitBudget budget)
    {
        TileComponent[] components = new TileComponent[size.Components];
        int parts = TileComponent.MaxParts;
        for (int c = 0; c < components.Length; c++)
        {
            components[c] = TileComponent.Create(c, area, size.Precision, parameters, ref parts);
        }

        if (parameters.TileStyle.HasComponentTransform && (components.Length < 3 || components[1].Style.IsReversible != components[0].Style.IsReversible || components[2].Style.IsReversible != components[0].Style.IsReversible))
        {
            throw Jpeg2000Decoder.Error("a component transform needs three components of one wavelet.");
        }

        PacketReader reader = new(data, budget);
        foreach (Precinct precinct in PacketOrder.Enumerate(components, parameters, budget))
        {
            reader.Read(precinct, components[precinct.Component].Style.BlockStyle);
        }

        return components;
    }

    /// <summary>Decodes the components' samples and stores them into the picture.</summary>
    public static void Decode(TileComponent[] components, ImageSize size, bool hasTransform, ReadOnlyMemory<byte> data, int[] samples)
    {
        ComponentPlane[] planes = Array.ConvertAll(components, component => DecodeComponent(component, data));
        if (hasTransform)
        {
            ComponentTransform.Invert(planes[0], planes[1], planes[2]);
        }

        int low = size.IsSigned ? -(1 << (size.Precision - 1)) : 0;
        int shift = size.IsSigned ? 0 : 1 << (size.Precision - 1);
        for (int c = 0; c < planes.Length; c++)
        {
            Rectangle area = components[c].Area;
            int first = ((area.Y0 - size.Image.Y0) * size.Image.Width + area.X0 - size.Image.X0) * planes.Length + c;
            planes[c].Store(samples.AsSpan(first), area.Width, size.Image.Width * planes.Length, planes.Length, shift, low, low + (1 << size.Precision) - 1);
        }
    }

    private static ComponentPlane DecodeComponent(TileComponent component, ReadOnlyMemory<byte> data)
    {
        ComponentPlane plane = new(component.Area, component.Style.IsReversible);
        CodeBlock[] blocks = [.. component.CodedBlocks];
        Work.Split(blocks.Length, (long)component.Area.Width * component.Area.Height, static () => new BlockDecoder(), (index, decoder) =>
        {
            CodeBlock block = blocks[index];
            plane.Put(block, decoder.Decode(block, component.Style.BlockStyle, data.Span), component.RoiShift);
        });

        if (plane.Integers is not null)
        {
            InverseWavelet<int, Lifting53>.Apply(plane.Integers, component);
        }
        else
        {
            InverseWavelet<float, Lifting97>.Apply(plane.Floats!, component);
        }

        return plane;
    }
}
