using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace CxrNet;

/// <summary>The processor's name, and those of its instruction sets that matter for networks.</summary>
internal static class CpuFeatures
{
    /// <summary>As the processor calls itself; null where it does not.</summary>
    public static string? Name
    {
        get
        {
            // Intel SDM vol. 2A, CPUID: leaves 80000002h to 80000004h hold 48 characters.
            if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004)
            {
                return null;
            }

            Span<byte> name = stackalloc byte[48];
            for (int leaf = 0; leaf < 3; leaf++)
            {
                (int a, int b, int c, int d) = X86Base.CpuId(unchecked((int)(0x80000002 + leaf)), 0);
                int[] registers = [a, b, c, d];
                for (int r = 0; r < 4; r++)
                {
                    BitConverter.TryWriteBytes(name[((leaf * 16) + (r * 4))..], registers[r]);
                }
            }

            return Encoding.ASCII.GetString(name).Trim('\0', ' ');
        }
    }

    /// <summary>Whether products of bytes are summed in one instruction, which int8 networks live on.</summary>
    public static bool HasByteDotProduct => Dp.IsSupported || Names().Any(static n => n is "AVX-VNNI" or "AVX-512 VNNI" or "AMX-INT8");

    /// <summary>Whether it multiplies bfloat16 itself; elsewhere each product is taken apart in software. True of processors that cannot be asked.</summary>
    public static bool HasBfloat16 => !X86Base.IsSupported || Names().Contains("AVX-512 BF16");

    /// <summary>Whether sums of two products of bytes are kept in 16 bits, which those of full 8-bit weights exceed: x86 without VNNI.</summary>
    public static bool SaturatesByteSums => X86Base.IsSupported && !HasByteDotProduct;

    /// <summary>The sets that are there and that the operating system lets a process use.</summary>
    public static IEnumerable<string> Names()
    {
        if (X86Base.IsSupported)
        {
            return X86Names();
        }

        return AdvSimd.IsSupported ? Dp.IsSupported ? ["NEON", "dot product"] : ["NEON"] : [];
    }

    private static IEnumerable<string> X86Names()
    {
        (int _, int _, int ecx, int edx) = X86Base.CpuId(7, 0);
        (int eax1, _, _, _) = X86Base.CpuId(7, 1);
        static bool Bit(int register, int bit) => (register >> bit & 1) != 0;
        (string Name, bool IsThere)[] sets =
        [
            ("SSE4.2", Sse42.IsSupported),
            ("AVX", Avx.IsSupported),
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),

            // .NET knows whether the system saves the registers; what it has no class for is read from the processor.
            ("AVX-VNNI", Avx2.IsSupported && Bit(eax1, 4)),
            ("AVX-512", Avx512F.IsSupported && Avx512BW.IsSupported),
            ("AVX-512 VNNI", Avx512F.IsSupported && Bit(ecx, 11)),
            ("AVX-512 BF16", Avx512F.IsSupported && Bit(eax1, 5)),
            ("AMX-INT8", Avx512F.IsSupported && Bit(edx, 25)),
        ];
        return sets.Where(static s => s.IsThere).Select(static s => s.Name);
    }
}
