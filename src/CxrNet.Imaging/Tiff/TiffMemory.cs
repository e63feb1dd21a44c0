using BitMiracle.LibTiff.Classic;

namespace CxrNet.Imaging;

/// <summary>A file in memory as LibTiff.Net reads it, with the wanted page in the place of the first: the library then looks at no other.</summary>
internal sealed class TiffMemory(ReadOnlyMemory<byte> file, byte[] header) : TiffStream
{
    private long _position;

    public override int Read(object clientData, byte[] buffer, int offset, int count)
    {
        int n = (int)Math.Clamp(file.Length - _position, 0, count);
        file.Span.Slice((int)Math.Min(_position, file.Length), n).CopyTo(buffer.AsSpan(offset));
        for (long i = _position; i < Math.Min(_position + n, header.Length); i++)
        {
            buffer[offset + (int)(i - _position)] = header[i];
        }

        _position += n;
        return n;
    }

    public override long Seek(object clientData, long offset, SeekOrigin origin)
    {
        long target = offset + (origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => file.Length });
        _position = Math.Max(0, target);
        return _position;
    }

    public override long Size(object clientData) => file.Length;

    public override void Close(object clientData)
    {
    }

    public override void Write(object clientData, byte[] buffer, int offset, int count) => throw new NotSupportedException("The file is read only.");
}
