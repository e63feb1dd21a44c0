namespace CxrNet;

/// <summary>How one stored sample lies in memory.</summary>
public enum SampleFormat
{
    /// <summary>One unsigned byte.</summary>
    UInt8,

    /// <summary>Two bytes, unsigned, in the machine's own byte order.</summary>
    UInt16,

    /// <summary>Two bytes, two's complement, in the machine's own byte order.</summary>
    Int16,
}
