namespace Flatfile.Spaces.Files;

/// <summary>Keeps the bytes of deleted files for as long as a copy of their space is being made that still names them.</summary>
internal sealed class FileKeeping
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, (int Holders, List<string> Later)> _held = [];

    /// <summary>From here until disposed nothing of the space is removed. Taken before the copy's moment.</summary>
    public IDisposable Hold(long space)
    {
        lock (_lock)
        {
            var (holders, later) = _held.GetValueOrDefault(space, (0, []));
            _held[space] = (holders + 1, later);
        }

        return new Held(this, space);
    }

    /// <summary>Removes the bytes of a file whose row is gone, now or when nobody needs them any more.</summary>
    public void Remove(long space, string path)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(space, out var held))
            {
                held.Later.Add(path);
                return;
            }
        }

        File.Delete(path);
    }

    private void Release(long space)
    {
        List<string> now;
        lock (_lock)
        {
            var (holders, later) = _held[space];
            if (holders > 1)
            {
                _held[space] = (holders - 1, later);
                return;
            }

            _held.Remove(space);
            now = later;
        }

        foreach (var path in now.Where(path => Directory.Exists(Path.GetDirectoryName(path))))
        {
            File.Delete(path);
        }
    }

    private sealed class Held(FileKeeping keeping, long space) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                keeping.Release(space);
            }
        }
    }
}
