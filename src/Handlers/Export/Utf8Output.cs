using System.Buffers.Text;
using System.Text;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>Text on its way into a stream as UTF-8, through one buffer. Half a surrogate pair becomes U+FFFD.</summary>
internal sealed class Utf8Output(Stream stream)
{
    private const int Piece = 16 * 1024;

    private readonly byte[] _buffer = new byte[4 * Piece];
    private int _length;

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _buffer.Length)
        {
            Flush();
            if (bytes.Length > _buffer.Length)
            {
                stream.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Characters as they are.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var length = Math.Min(text.Length, Piece);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            {
                length--;
            }

            var most = length * 3;
            if (_length + most > _buffer.Length)
            {
                Flush();
            }

            _length += Encoding.UTF8.GetBytes(text[..length], _buffer.AsSpan(_length));
            text = text[length..];
        }
    }

    /// <summary>A whole number.</summary>
    public void Number(long number)
    {
        const int Longest = 20;
        if (_length + Longest > _buffer.Length)
        {
            Flush();
        }

        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
