using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Bits of the passes that bypass arithmetic coding (ITU-T T.800 D.6): after a byte 0xFF the next has seven.</summary>
internal struct RawBits(int start, int end) : IBlockBits
{
    private int _position = start;
    private uint _current;
    private int _left;

    public static bool IsRaw => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Decode(ref byte state, byte[] data)
    {
        if (_left == 0)
        {
            _left = _current == 0xFF ? 7 : 8;
            _current = _position < end ? data[_position++] : 0xFFu;   // an encoder may leave out trailing ones
        }

        return _current >> --_left & 1;
    }
}
