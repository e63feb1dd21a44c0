using System.Runtime.InteropServices;
using System.Text;

namespace CxrNet.Cli;

/// <summary>Writes NumPy's array file, version 1.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</summary>
internal static class NpyFile
{
    /// <summary>A float32 array [height, width], little-endian, C order.</summary>
    public static void Write(string path, ReadOnlySpan<float> values, int height, int width)
    {
        // Magic, version and length are 10 bytes; the header is padded so that the data starts at a multiple of 64.
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({height}, {width}), }}";
        string header = text.PadRight(((text.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        using FileStream file = File.Create(path);
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        file.Write(Encoding.ASCII.GetBytes(header));
        if (BitConverter.IsLittleEndian)
        {
            file.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        foreach (float value in values)
        {
            int bits = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(value));
            file.Write(BitConverter.GetBytes(bits));
        }
    }
}
