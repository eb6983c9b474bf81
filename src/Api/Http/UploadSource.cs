namespace Flatfile.Api;

/// <summary>The stream of an upload: from where it stands, again from there if it can seek, else once.</summary>
internal sealed class UploadSource(Stream stream)
{
    private readonly long _start = stream.CanSeek ? stream.Position : 0;
    private bool _started;

    public long? Length { get; } = stream.CanSeek ? stream.Length - stream.Position : null;

    public bool CanStartAgain => stream.CanSeek || !_started;

    public Stream Start()
    {
        if (_started)
        {
            stream.Position = _start;
        }

        _started = true;
        return stream;
    }
}
