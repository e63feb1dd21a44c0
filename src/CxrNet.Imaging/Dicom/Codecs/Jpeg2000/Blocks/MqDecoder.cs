using System.Numerics;
using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The MQ arithmetic decoder (ITU-T T.800 C.3). Its data must be followed by two bytes 0xFF, which stop it from reading on.</summary>
internal struct MqDecoder : IBlockBits
{
    private uint _a;         // the interval
    private uint _c;         // the code register; its upper half is compared with the interval
    private int _shifts;     // shifts that the code register has bits for (CT)
    private int _position;   // the byte that went in last (BP)

    /// <summary>Starts on the segment that begins at a position (INITDEC).</summary>
    public MqDecoder(byte[] data, int start)
    {
        _position = start;
        _c = (uint)data[start] << 16;
        ulong next = Advance(_c, 0, start, 0, data);
        (_c, _shifts, _position) = ((uint)next, (int)(next >> 32) & 15, (int)(next >> 36));
        _c <<= 7;
        _shifts -= 7;
        _a = 0x8000;
    }

    public static bool IsRaw => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Decode(ref byte state, byte[] data)
    {
        uint index = state;
        uint entry = MqStates.Table[index];
        uint qe = entry & 0xFFFF;
        uint decision = index & 1;
        _a -= qe;
        if (_c >> 16 < qe)
        {
            // The less probable interval, unless the two have changed their sizes.
            if (_a < qe)
            {
                state = (byte)(entry >> 16);
            }
            else
            {
                state = (byte)(entry >> 24);
                decision ^= 1;
            }

            _a = qe;
        }
        else
        {
            _c -= qe << 16;
            if ((_a & 0x8000) != 0)
            {
                return decision;
            }

            if (_a < qe)
            {
                state = (byte)(entry >> 24);
                decision ^= 1;
            }
            else
            {
                state = (byte)(entry >> 16);
            }
        }

        int shift = BitOperations.LeadingZeroCount(_a) - 16;
        _a <<= shift;
        if (shift <= _shifts)
        {
            _c <<= shift;
            _shifts -= shift;
        }
        else
        {
            // Everything in and out by value: a reference would keep the registers in memory through the whole pass.
            ulong next = Advance(_c, _shifts, _position, shift, data);
            (_c, _shifts, _position) = ((uint)next, (int)(next >> 32) & 15, (int)(next >> 36));
        }

        return decision;
    }

    /// <summary>Shifts the code register, taking in bytes as its bits run out (RENORMD and BYTEIN).</summary>
    /// <returns>The register, then 4 bits of shifts left, then 28 bits of position.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Advance(uint c, int shifts, int position, int shift, byte[] data)
    {
        do
        {
            if (shifts == 0)
            {
                uint next = data[position + 1];
                if (data[position] != 0xFF)
                {
                    position++;
                    c += next << 8;
                    shifts = 8;
                }
                else if (next <= 0x8F)
                {
                    position++;
                    c += next << 9;
                    shifts = 7;
                }
                else
                {
                    c += 0xFF00;
                    shifts = 8;
                }
            }

            int step = Math.Min(shift, shifts);
            c <<= step;
            shifts -= step;
            shift -= step;
        }
        while (shift > 0);
        return c | (ulong)shifts << 32 | (ulong)position << 36;
    }
}
