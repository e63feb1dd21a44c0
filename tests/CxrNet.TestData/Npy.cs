using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace CxrNet.TestData;

/// <summary>A NumPy array file: shape, and values widened to double.</summary>
public sealed partial record Npy(int[] Shape, double[] Values, string DType)
{
    /// <summary>The values as floats.</summary>
    public float[] Floats => Array.ConvertAll(Values, static v => (float)v);

    /// <summary>Reads a little-endian, C-order .npy file.</summary>
    public static Npy Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int major = bytes[6];
        int headerLength = major == 1 ? BitConverter.ToUInt16(bytes, 8) : BitConverter.ToInt32(bytes, 8);
        int start = major == 1 ? 10 : 12;
        string header = Encoding.ASCII.GetString(bytes, start, headerLength);
        string dtype = Descr().Match(header).Groups[1].Value;
        Assert.Contains("'fortran_order': False", header, StringComparison.Ordinal);
        int[] shape = [.. ShapeOf().Match(header).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        ReadOnlySpan<byte> data = bytes.AsSpan(start + headerLength);
        double[] values = dtype switch
        {
            "|u1" or "|b1" => Widen(MemoryMarshal.Cast<byte, byte>(data)),
            "|i1" => Widen(MemoryMarshal.Cast<byte, sbyte>(data)),
            "<u2" => Widen(MemoryMarshal.Cast<byte, ushort>(data)),
            "<i2" => Widen(MemoryMarshal.Cast<byte, short>(data)),
            "<u4" => Widen(MemoryMarshal.Cast<byte, uint>(data)),
            "<i4" => Widen(MemoryMarshal.Cast<byte, int>(data)),
            "<i8" => Widen(MemoryMarshal.Cast<byte, long>(data)),
            "<f4" => Widen(MemoryMarshal.Cast<byte, float>(data)),
            "<f8" => Widen(MemoryMarshal.Cast<byte, double>(data)),
            _ => throw new NotSupportedException($"'{path}': dtype {dtype}"),
        };
        Assert.Equal(shape.Aggregate(1, (a, b) => a * b), values.Length);
        return new Npy(shape, values, dtype);
    }

    private static double[] Widen<T>(ReadOnlySpan<T> values)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        double[] wide = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            wide[i] = double.CreateChecked(values[i]);
        }

        return wide;
    }

    [GeneratedRegex("'descr': '([^']+)'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapeOf();
}
