namespace Flatfile.Spaces.Records.Lines;

/// <summary>Cuts a stream into lines, one in memory at a time; empty ones are counted and passed over.</summary>
internal sealed class LineReader(Stream stream, int longest)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isThrough;

    /// <summary>The number of the line read last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line, valid until the next call; false at the end.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (Cut(out line))
        {
            Number++;
            line = line.Trim(" \t\r"u8);
            if (Number == 1 && line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            if (!line.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private bool Cut(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, searched + length);
                _start += searched + length + 1;
                return true;
            }

            searched = _end - _start;
            if (_isThrough)
            {
                line = _buffer.AsSpan(_start, searched);
                _start = _end;
                return searched > 0;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= longest)
            {
                throw new RecordBodyException($"Line {Number + 1} is longer than {longest:N0} bytes. Split the row.");
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, longest));
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isThrough = read == 0;
    }
}
