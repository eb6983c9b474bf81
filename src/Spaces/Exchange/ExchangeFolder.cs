using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Exchange;

/// <summary>Where copies of databases lie while they are sent.</summary>
internal sealed class ExchangeFolder(DataFolder folder)
{
    private readonly string _path = Path.Combine(folder.Root, "exports");

    /// <summary>Empties the folder: what is there at start was cut off.</summary>
    public void Clear()
    {
        if (Directory.Exists(_path))
        {
            Directory.Delete(_path, recursive: true);
        }
    }

    /// <summary>A place for one more.</summary>
    public string NewPlace()
    {
        DataFolder.CreatePrivate(_path);
        return Path.Combine(_path, Guid.NewGuid().ToString("N"));
    }
}
