namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The lifting steps of an inverse wavelet (ITU-T T.800 F.3.8); even samples are low-pass, odd ones high-pass.</summary>
internal interface ILifting<T>
    where T : unmanaged
{
    /// <summary>Number of steps; even-numbered ones change the even samples by their odd neighbours, the others the reverse.</summary>
    static abstract int Steps { get; }

    /// <summary>Changes each target by the samples before and after it.</summary>
    static abstract void Step(int step, Span<T> target, ReadOnlySpan<T> before, ReadOnlySpan<T> after);

    /// <summary>Half of a lone odd sample.</summary>
    static abstract T Half(T value);
}
