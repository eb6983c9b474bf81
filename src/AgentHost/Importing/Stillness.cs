namespace Flatfile.Agent.Host.Importing;

/// <summary>Notices when something has not moved for too long.</summary>
internal sealed class Stillness(TimeProvider time)
{
    private string? _last;
    private long _since = time.GetTimestamp();

    /// <summary>True when the picture has been the same for the limit.</summary>
    public bool Lasts(string picture, TimeSpan limit)
    {
        if (picture != _last)
        {
            _last = picture;
            _since = time.GetTimestamp();
            return false;
        }

        return time.GetElapsedTime(_since) >= limit;
    }
}
