namespace Flatfile.Agent.Handlers.Reading;

/// <summary>The bytes of a file on their way in: from the front for formats that stream, from anywhere for those that must seek.</summary>
public sealed class FileContent : IAsyncDisposable
{
    private const int HeadLength = 64 * 1024;

    private readonly Stream _source;
    private readonly byte[] _head;
    private readonly long _length;
    private CountedStream? _forward;
    private FileStream? _spooled;

    private FileContent(Stream source, byte[] head, string name, long length)
    {
        _source = source;
        _head = head;
        _length = length;
        Head = new FileHead(name, head, head.Length < HeadLength);
    }

    /// <summary>Name and first bytes.</summary>
    public FileHead Head { get; }

    /// <summary>Share of the bytes taken from the front, 0 to 1; formats that seek count for themselves.</summary>
    public double Progress => _forward is null || _length <= 0 ? 0 : Math.Min(1, (double)_forward.Count / _length);

    /// <summary>Reads the first bytes.</summary>
    /// <param name="source">From the file's start; disposed with this object.</param>
    /// <param name="name">The file's name with its extension.</param>
    /// <param name="length">Its size in bytes; 0 when it is not known.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<FileContent> OpenAsync(Stream source, string name, long length, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var read = await source.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        return new FileContent(source, head.AsSpan(0, read).ToArray(), name, length);
    }

    /// <summary>All bytes from the front. May be asked for once, and not beside <see cref="OpenSeekableAsync"/>.</summary>
    public Stream OpenForward()
    {
        ObjectDisposedException.ThrowIf(_forward is not null || _spooled is not null, this);
        return _forward = new CountedStream(new HeadedStream(_head, _source));
    }

    /// <summary>All bytes, to be read from anywhere: spooled into a file that is gone when this object is disposed.</summary>
    /// <param name="limit">More bytes than these are refused.</param>
    /// <param name="cancellationToken">Ends the spooling.</param>
    /// <exception cref="UnreadableFileException">The file is longer than the limit.</exception>
    public async Task<Stream> OpenSeekableAsync(long limit, CancellationToken cancellationToken)
    {
        var bytes = OpenForward();
        _spooled = SpoolFile.Create();
        var buffer = new byte[128 * 1024];
        while (await bytes.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await _spooled.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (_spooled.Length > limit)
            {
                throw new UnreadableFileException($"This file is larger than {limit / 1024 / 1024:N0} MB, the limit for its kind. Split it, or save it as CSV (UTF-8), and upload that.");
            }
        }

        _spooled.Position = 0;
        return _spooled;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_spooled is not null)
        {
            await _spooled.DisposeAsync();
        }

        await _source.DisposeAsync();
    }
}
