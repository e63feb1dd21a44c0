using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxrNet;

/// <summary>Loads as many samples as a float vector has lanes, widened to floats. T is byte, ushort, short or float.</summary>
internal static class SampleVector
{
    /// <summary>Reads <c>Vector&lt;float&gt;.Count</c> samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load<T>(ReadOnlySpan<T> samples, int index)
        where T : unmanaged =>
        Load(ref Unsafe.Add(ref MemoryMarshal.GetReference(samples), index));

    /// <summary>Reads <c>Vector&lt;float&gt;.Count</c> samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load<T>(ref T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector.LoadUnsafe(ref Unsafe.As<T, float>(ref first));
        }

        if (Vector<float>.Count == 8)
        {
            return Vector256.ConvertToSingle(Load8(ref first)).AsVector();
        }

        if (Vector<float>.Count == 4)
        {
            return Vector128.ConvertToSingle(Load4(ref first)).AsVector();
        }

        Span<float> values = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Scalar(Unsafe.Add(ref first, i));
        }

        return new Vector<float>(values);
    }

    /// <summary>Reads 16 samples; only where <see cref="Avx512F"/> is supported.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load16<T>(ref T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.LoadUnsafe(ref Unsafe.As<T, float>(ref first));
        }

        if (typeof(T) == typeof(byte))
        {
            return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref Unsafe.As<T, byte>(ref first))));
        }

        return Vector512.ConvertToSingle(typeof(T) == typeof(ushort)
            ? Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref Unsafe.As<T, ushort>(ref first)))
            : Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref Unsafe.As<T, short>(ref first))));
    }

    /// <summary>One sample as a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scalar<T>(T sample)
        where T : unmanaged
    {
        // The casts through object are folded away: T is known when the method is compiled.
        if (typeof(T) == typeof(byte))
        {
            return (byte)(object)sample;
        }

        if (typeof(T) == typeof(ushort))
        {
            return (ushort)(object)sample;
        }

        return typeof(T) == typeof(short) ? (short)(object)sample : (float)(object)sample;
    }

    /// <summary>The first eight bytes as integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> WidenLower8(Vector128<byte> bytes)
    {
        Vector128<ushort> wide = Vector128.WidenLower(bytes);
        return Avx2.IsSupported ? Avx2.ConvertToVector256Int32(bytes) : Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load8<T>(ref T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            return WidenLower8(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<T, byte>(ref first))).AsByte());
        }

        if (typeof(T) == typeof(ushort))
        {
            Vector128<ushort> packed = Vector128.LoadUnsafe(ref Unsafe.As<T, ushort>(ref first));
            return Avx2.IsSupported ? Avx2.ConvertToVector256Int32(packed) : Vector256.Create(Vector128.WidenLower(packed), Vector128.WidenUpper(packed)).AsInt32();
        }

        Vector128<short> signed = Vector128.LoadUnsafe(ref Unsafe.As<T, short>(ref first));
        return Avx2.IsSupported ? Avx2.ConvertToVector256Int32(signed) : Vector256.Create(Vector128.WidenLower(signed), Vector128.WidenUpper(signed));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Load4<T>(ref T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            return Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.As<T, byte>(ref first))).AsByte())).AsInt32();
        }

        ulong packed = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<T, byte>(ref first));
        return typeof(T) == typeof(ushort)
            ? Vector128.WidenLower(Vector128.CreateScalarUnsafe(packed).AsUInt16()).AsInt32()
            : Vector128.WidenLower(Vector128.CreateScalarUnsafe(packed).AsInt16());
    }
}
