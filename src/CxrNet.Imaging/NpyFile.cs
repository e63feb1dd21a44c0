using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CxrNet.Imaging;

/// <summary>Writes planes as NumPy arrays [height, width], little-endian, C order: <c>numpy.load</c> reads them back to the last bit.</summary>
/// <remarks>Version 1.0 of https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Files are written under a temporary name and then renamed.</remarks>
public static class NpyFile
{
    /// <summary>Writes a float32 file.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="values">width x height values, row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentException">The number of values is not width x height.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> values, int width, int height)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(values.Length, width, height, nameof(values));
        using AtomicFile file = AtomicFile.Create(path);
        Write(file.Stream, values, width, height);
        file.Commit();
    }

    /// <summary>Writes float32 values.</summary>
    /// <param name="stream">It need not seek; left open.</param>
    /// <param name="values">width x height values, row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentException">The number of values is not width x height.</exception>
    public static void Write(Stream stream, ReadOnlySpan<float> values, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Check(values.Length, width, height, nameof(values));
        WriteHeader(stream, "<f4", width, height);
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    /// <summary>Writes uint16 values.</summary>
    /// <param name="stream">It need not seek; left open.</param>
    /// <param name="values">width x height values, row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentException">The number of values is not width x height.</exception>
    public static void Write(Stream stream, ReadOnlySpan<ushort> values, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Check(values.Length, width, height, nameof(values));
        WriteHeader(stream, "<u2", width, height);
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[2];
        foreach (ushort value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static void WriteHeader(Stream stream, string type, int width, int height)
    {
        // Magic, version and length are 10 bytes; the header is padded so that the data starts at a multiple of 64.
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({height}, {width}), }}";
        string header = text.PadRight(((text.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
    }

    private static void Check(int count, int width, int height, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (count != (long)width * height)
        {
            throw new ArgumentException($"{count} values given, {width} x {height} = {(long)width * height} expected.", name);
        }
    }
}
