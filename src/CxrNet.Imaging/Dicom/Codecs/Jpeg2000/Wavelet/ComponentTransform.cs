namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The inverse transforms from luminance and two differences to red, green and blue, in place (ITU-T T.800 Annex G).</summary>
internal static class ComponentTransform
{
    public static void Invert(ComponentPlane first, ComponentPlane second, ComponentPlane third)
    {
        if (first.Integers is not null)
        {
            Reversible(first.Integers, second.Integers, third.Integers);
        }
        else
        {
            Irreversible(first.Floats, second.Floats, third.Floats);
        }
    }

    private static void Reversible(Span<int> first, Span<int> second, Span<int> third)
    {
        for (int i = 0; i < first.Length; i++)
        {
            int green = first[i] - ((second[i] + third[i]) >> 2);
            (first[i], second[i], third[i]) = (third[i] + green, green, second[i] + green);
        }
    }

    private static void Irreversible(Span<float> first, Span<float> second, Span<float> third)
    {
        for (int i = 0; i < first.Length; i++)
        {
            (float luminance, float blue, float red) = (first[i], second[i], third[i]);
            first[i] = luminance + 1.402f * red;
            second[i] = luminance - 0.344136f * blue - 0.714136f * red;
            third[i] = luminance + 1.772f * blue;
        }
    }
}
