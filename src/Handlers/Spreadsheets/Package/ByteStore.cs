using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>Bytes that are written once from the front and then read from anywhere: in memory up to a budget, in a file past it.</summary>
/// <param name="budget">Bytes that stay in memory; a multiple of the page size.</param>
internal sealed class ByteStore(int budget) : IDisposable
{
    private const int PageSize = 64 * 1024;
    private const int CachedPages = 64;

    private readonly List<byte[]> _memory = [];
    private readonly Dictionary<long, byte[]> _cache = [];
    private readonly Queue<long> _order = new();
    private FileStream? _file;
    private byte[] _open = [];
    private int _openLength;

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>True when not all bytes fitted into memory.</summary>
    public bool IsSpilled => _file is not null;

    /// <summary>Writes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_openLength == _open.Length)
            {
                NextPage();
            }

            var taken = Math.Min(bytes.Length, PageSize - _openLength);
            bytes[..taken].CopyTo(_open.AsSpan(_openLength));
            _openLength += taken;
            Length += taken;
            bytes = bytes[taken..];
        }
    }

    /// <summary>Bytes from anywhere.</summary>
    /// <param name="position">Of the first.</param>
    /// <param name="length">How many.</param>
    /// <param name="spare">Used, and made longer, where the bytes do not stand beside each other.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Read(long position, int length, ref byte[] spare)
    {
        var offset = (int)(position % PageSize);
        if (offset + length <= PageSize)
        {
            return length == 0 ? default : Page(position / PageSize).AsSpan(offset, length);
        }

        if (spare.Length < length)
        {
            spare = new byte[length];
        }

        for (var copied = 0; copied < length;)
        {
            offset = (int)((position + copied) % PageSize);
            var taken = Math.Min(length - copied, PageSize - offset);
            Page((position + copied) / PageSize).AsSpan(offset, taken).CopyTo(spare.AsSpan(copied));
            copied += taken;
        }

        return spare.AsSpan(0, length);
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private void NextPage()
    {
        if (_openLength > 0)
        {
            Keep();
        }

        _open = IsSpilled ? _open : new byte[PageSize];
        _openLength = 0;
    }

    private void Keep()
    {
        if (_memory.Count < budget / PageSize)
        {
            _memory.Add(_open);
            return;
        }

        _file ??= SpoolFile.Create();
        RandomAccess.Write(_file.SafeFileHandle, _open, ((Length / PageSize) - 1 - _memory.Count) * PageSize);
    }

    private byte[] Page(long number)
    {
        if (number < _memory.Count)
        {
            return _memory[(int)number];
        }

        if (number == (Length - 1) / PageSize)
        {
            return _open;
        }

        if (_cache.TryGetValue(number, out var cached))
        {
            return cached;
        }

        var page = _order.Count < CachedPages ? new byte[PageSize] : Evict();
        var position = (number - _memory.Count) * PageSize;
        for (var read = 0; read < PageSize;)
        {
            read += RandomAccess.Read(_file!.SafeFileHandle, page.AsSpan(read), position + read) is > 0 and var more ? more : throw new EndOfStreamException();
        }

        _cache.Add(number, page);
        _order.Enqueue(number);
        return page;
    }

    private byte[] Evict()
    {
        var oldest = _order.Dequeue();
        _cache.Remove(oldest, out var page);
        return page!;
    }
}
