using Flatfile.Spaces.Storage;
using Flatfile.Sqlite;

namespace Flatfile.Spaces.Files;

/// <summary>Bytes that have arrived whole and are on the disk, but belong to no space yet. Gone when disposed, unless it was moved.</summary>
internal sealed record SpooledFile(string Path, long Size, string Sha256) : IDisposable
{
    /// <summary>Gives the bytes to a space, for good once the space's row is committed.</summary>
    public void MoveTo(string place)
    {
        // A number whose transaction was rolled back is given again: what lies there belongs to nobody.
        File.Move(Path, place, overwrite: true);
        DurableFolder.Sync(System.IO.Path.GetDirectoryName(place)!);
    }

    /// <inheritdoc />
    public void Dispose() => File.Delete(Path);
}
